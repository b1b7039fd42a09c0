-- at_months: one area's indicators in some months, as totals (dimension '') or broken down by a dimension
-- params: indicators, area, dimension, periods, as_of
-- one row per: indicator, period, category
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
where indicator in (select unnest($indicators))
    and area = $area
    and dimension = $dimension
    and period in (select unnest($periods))
    and known_from <= $as_of
    and known_to > $as_of
order by indicator, period, category
