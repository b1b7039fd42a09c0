-- edition: whether the version holds made-up data
-- params:
-- one row per: version
select made_up from edition
