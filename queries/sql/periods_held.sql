-- periods_held: first and newest period of each indicator in any area, by source, as known at a moment
-- params: as_of
-- one row per: source, indicator
select
    release.source,
    observation.indicator,
    min(observation.period) as first_period,
    max(observation.period) as newest_period
from observation
join release using (release_id)
where observation.known_from <= $as_of
    and observation.known_to > $as_of
group by release.source, observation.indicator
order by release.source, observation.indicator
