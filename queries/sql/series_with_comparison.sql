-- series_with_comparison: values over time of one area's indicators, and of compared indicators in other areas too
-- params: indicators, compared, area, areas, dimension, since, until, as_of
-- one row per: indicator, area, period, category
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
    and area in (select unnest($areas))
    and (area = $area or list_contains($compared, indicator))
    and dimension = $dimension
    and period between $since and $until
    and known_from <= $as_of
    and known_to > $as_of
order by indicator, area, period, category
