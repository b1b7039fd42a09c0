-- breaks: series breaks of some subjects (indicators or sources)
-- params: subjects
-- one row per: code, subject, period
select code, subject, period, severity
from break_note
where subject in (select unnest($subjects))
order by subject, period, code
