-- source_periods: first and newest period of each source's figures, as known at a moment
-- params: as_of
-- one row per: source
select
    release.source,
    min(observation.period) as first_period,
    max(observation.period) as newest_period
from observation
inner join release using (release_id)
where observation.dimension = ''
    and observation.known_from <= $as_of
    and observation.known_to > $as_of
group by release.source
order by release.source
