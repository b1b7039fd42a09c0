-- every_observation: everything that is known now, with names, units and sources
-- params: indicators, units, stamp
-- one row per: indicator, area, period, dimension, category
with measure as (
    select unnest($indicators::varchar[]) as indicator, unnest($units::varchar[]) as unit
)
select
    observation.indicator,
    observation.area,
    area.name_fi as area_name,
    observation.period,
    observation.dimension,
    observation.category,
    observation.value,
    measure.unit,
    observation.status::varchar as status,
    release.source,
    strftime(release.published_at, $stamp) as release,
    strftime(release.fetched_at, $stamp) as fetched_at,
    observation.origin::varchar as origin
from observation
join area using (area)
join release using (release_id)
join measure using (indicator)
where observation.known_to = timestamp '9999-12-31'
order by observation.indicator, observation.area, observation.dimension, observation.category, observation.period
