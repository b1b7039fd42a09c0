-- breakdown: one indicator of an area in a month, broken down by a dimension
-- params: indicator, area, dimension, period, as_of
-- one row per: category
select
    indicator,
    area,
    period,
    category,
    value,
    status,
    origin,
    release_id
from observation
where indicator = $indicator
    and area = $area
    and dimension = $dimension
    and period = $period
    and known_from <= $as_of
    and known_to > $as_of
order by category
