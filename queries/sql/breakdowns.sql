-- breakdowns: some indicators of an area by some dimensions, in some months
-- params: indicators, area, dimensions, periods, as_of
-- one row per: indicator, period, dimension, category
select
    indicator,
    area,
    period,
    dimension,
    category,
    value,
    status,
    origin,
    release_id
from observation
where indicator in (select unnest($indicators))
    and area = $area
    and dimension in (select unnest($dimensions))
    and period in (select unnest($periods))
    and known_from <= $as_of
    and known_to > $as_of
order by indicator, period, dimension, category
