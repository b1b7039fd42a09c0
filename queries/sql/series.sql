-- series: totals of one indicator in some areas over time, as they were known at a moment
-- params: indicator, areas, since, until, as_of
-- one row per: area, period
select
    area,
    period,
    value,
    status,
    origin,
    release_id
from observation
where indicator = $indicator
    and area in (select unnest($areas))
    and dimension = ''
    and period between $since and $until
    and known_from <= $as_of
    and known_to > $as_of
order by area, period
