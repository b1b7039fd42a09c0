-- release_changes: how many figures each release stated anew or otherwise than before, and how many of them revised one
-- params:
-- one row per: release
with
stated as (
    select release_id, count(*) as figures
    from observation
    group by release_id
),
revised as (
    select later.release_id, count(*) as revisions
    from observation as earlier
    join observation as later
        on later.indicator = earlier.indicator
        and later.area = earlier.area
        and later.period = earlier.period
        and later.dimension = earlier.dimension
        and later.category = earlier.category
        and later.known_from = earlier.known_to
    where earlier.known_to < timestamp '9999-12-31'
        and (later.value, later.status) is distinct from (earlier.value, earlier.status)
    group by later.release_id
)
select
    release_id,
    source,
    published_at,
    fetched_at,
    channel,
    sha256,
    citation,
    coalesce(figures, 0) as figures,
    coalesce(revisions, 0) as revisions
from release
left join stated using (release_id)
left join revised using (release_id)
order by fetched_at desc, published_at desc, release_id desc
