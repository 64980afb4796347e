"""The query of the prototype that training.md §9 tells the time of: 137 ms on SQLite, 93 on PostgreSQL.

It knows no overlapping sessions, waivers, outside credits or people in two units. Asked in turn with ours, it
tells how fast the machine is at that moment, so that a slow one is not taken for slow code.
"""

from django.db import connection

_DIALECTS = {
    "sqlite": {
        "as": "AS MATERIALIZED",
        "date": "'{}'",
        "days": "julianday(min(COALESCE(end_before, {after}), {after})) - julianday(max(start_on, {first}))",
        "year": "CAST(substr(session.held_on, 1, 4) AS INTEGER)",
    },
    "postgresql": {
        "as": "AS",
        "date": "DATE '{}'",
        "days": "LEAST(COALESCE(end_before, {after}), {after}) - GREATEST(start_on, {first})",
        "year": "CAST(EXTRACT(YEAR FROM session.held_on) AS integer)",
    },
}
_PROTOTYPE = """
WITH population {as_} (
  SELECT DISTINCT serving.staff_id, placed.unit_id
  FROM people_servicespell serving JOIN people_unitassignment placed
    ON placed.staff_id = serving.staff_id AND placed.is_primary
   AND placed.start_on <= {day} AND (placed.end_before IS NULL OR placed.end_before > {day})
  WHERE serving.category IN ('CB', 'CC', 'VC')
    AND serving.start_on <= {day} AND (serving.end_before IS NULL OR serving.end_before > {day})),
service {as_} (
  SELECT staff_id, SUM({days}) AS days FROM people_servicespell WHERE {in_year} GROUP BY staff_id),
away {as_} (SELECT staff_id, SUM({days}) AS days FROM people_leave WHERE {in_year} GROUP BY staff_id),
credit {as_} (
  SELECT mark.staff_id, SUM(mark.minutes) AS minutes
  FROM training_attendance mark JOIN training_session session ON session.id = mark.session_id
  JOIN training_requirementcourse counts
    ON counts.course_id = session.course_id AND counts.requirement_id = {requirement} AND counts.year = {year}
  WHERE session.state = 'confirmed' AND session.held_on >= {first} AND session.held_on <= {day}
    AND mark.status IN ('present', 'late')
  GROUP BY mark.staff_id)
SELECT unit_id, state, COUNT(*) FROM (
  SELECT population.unit_id, CASE WHEN COALESCE(minutes, 0) >= 1 THEN 'trained'
      WHEN service.days - COALESCE(away.days, 0) >= 30 THEN 'missing'
      WHEN COALESCE(away.days, 0) > 0 THEN 'exempt_leave' ELSE 'not_due' END AS state
  FROM population LEFT JOIN service ON service.staff_id = population.staff_id
  LEFT JOIN away ON away.staff_id = population.staff_id
  LEFT JOIN credit ON credit.staff_id = population.staff_id) judged
GROUP BY unit_id, state"""


def ask_prototype(policy, day):
    with connection.cursor() as cursor:
        cursor.execute(_sql(policy, day))
        return cursor.fetchall()


def _sql(policy, day):
    dialect = _DIALECTS[connection.vendor]
    first, after = (dialect["date"].format(limit) for limit in policy.window)
    return _PROTOTYPE.format(
        as_=dialect["as"],
        day=dialect["date"].format(day),
        first=first,
        days=dialect["days"].format(first=first, after=after),
        in_year=f"start_on < {after} AND (end_before IS NULL OR end_before > {first})",
        requirement=policy.requirement,
        year=dialect["year"],
    )
