-- ranking: some indicators in all municipalities in some months, as they were known at a moment
-- params: indicators, periods, as_of
-- one row per: indicator, area, period
select
    indicator,
    area,
    period,
    value,
    status,
    origin,
    release_id
from observation
where indicator in (select unnest($indicators))
    and area in (select area from area where level = 'municipality')
    and dimension = ''
    and period in (select unnest($periods))
    and known_from <= $as_of
    and known_to > $as_of
order by indicator, area, period
