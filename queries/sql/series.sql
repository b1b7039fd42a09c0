-- series: one indicator's values in some areas over time, as they were known at a moment
-- params: indicator, areas, dimension, since, until, as_of
-- one row per: area, period, category
select
    area,
    period,
    category,
    value,
    status,
    origin,
    release_id
from observation
where indicator = $indicator
    and area in (select unnest($areas))
    and dimension = $dimension
    and period between $since and $until
    and known_from <= $as_of
    and known_to > $as_of
order by area, period, category
