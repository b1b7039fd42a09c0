-- newest_breakdown: some indicators of an area broken down by a dimension, in the newest month that the leading one has
-- params: indicators, leading, area, dimension, since, until, as_of
-- one row per: indicator, category
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
where list_contains($indicators, indicator)  -- of one area and dimension: a join would take longer than reading
    and area = $area
    and dimension = $dimension
    and period between $since and $until
    and known_from <= $as_of
    and known_to > $as_of
qualify period = max(period) filter (where indicator = $leading) over ()
order by indicator, category
