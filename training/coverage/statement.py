"""The definition as one SELECT for SQLite and PostgreSQL. Read `rules.py` first: this is the same, in sets.

CTEs for population, credit, exemptions, service days and leave days, each aggregated once, then one join
(training.md §9). Days are counted only for people whom credit and exemptions leave open, and overlapping
sessions only for people whom they could decide about.
"""

from django.db import connection

_DIALECTS = {
    "sqlite": {
        "day_number": "CAST(julianday({0}) AS INTEGER)",
        "minute": "(CAST(substr({0}, 1, 2) AS INTEGER) * 60 + CAST(substr({0}, 4, 2) AS INTEGER))",
        "year": "CAST(substr({0}, 1, 4) AS INTEGER)",
        "greater": "max({0}, {1})",
        "lesser": "min({0}, {1})",
    },
    "postgresql": {
        "day_number": "(CAST({0} AS date) - DATE '2000-01-01')",
        "minute": "CAST(EXTRACT(HOUR FROM {0}) * 60 + EXTRACT(MINUTE FROM {0}) AS integer)",
        "year": "CAST(EXTRACT(YEAR FROM {0}) AS integer)",
        "greater": "GREATEST({0}, {1})",
        "lesser": "LEAST({0}, {1})",
    },
}

# One primary assignment a day is the roster's rule; where a mistake made two, the later start decides, then
# the later unit: day and unit as one number, so that the greatest is found while grouping. Ranking everybody
# would cost as much as all the rest of the population.
_POPULATION = """
SELECT staff_id, place & 4294967295 AS unit_id FROM (
  SELECT serving.staff_id, MAX({placed_on} * 4294967296 + placed.unit_id) AS place
  FROM people_servicespell serving LEFT JOIN people_unitassignment placed
    ON placed.staff_id = serving.staff_id AND placed.is_primary
   AND placed.start_on <= {day} AND (placed.end_before IS NULL OR placed.end_before > {day})
  WHERE serving.category IN ({categories})
    AND serving.start_on <= {day} AND (serving.end_before IS NULL OR serving.end_before > {day})
    {only_staff}
  GROUP BY serving.staff_id
) at_work"""
_OF_THESE = "SELECT staff_id, unit_id FROM ({everybody}) everybody WHERE {only_units}"
# Who may belong to the units asked about; `only_units` looks again at whoever stands in two.
_OF_UNITS = """
AND serving.staff_id IN (SELECT staff_id FROM people_unitassignment
                 WHERE is_primary AND unit_id IN ({units})
                   AND start_on <= {day} AND (end_before IS NULL OR end_before > {day}))"""

_COUNTED = """
SELECT session.id, session.held_on, session.state, session.credit_minutes,
       {begins} AS begins, {ends} AS ends
FROM training_session session
JOIN training_requirementcourse counts
  ON counts.course_id = session.course_id AND counts.requirement_id = {requirement}
 AND counts.year = {year_held}
WHERE session.state IN ({states}) AND session.held_on >= {credit_from} AND session.held_on <= {day}"""

# From the sessions for a city, from the people for a ward: SQLite keeps the order of a CROSS JOIN. A ward
# asks of each mark's session what `counted` asks of all: cheaper than all sessions of a city.
_MARKS_OF_ALL = """
SELECT mark.staff_id, mark.minutes, session.id AS session_id, session.held_on, session.begins, session.ends
FROM counted session CROSS JOIN training_attendance mark
WHERE mark.session_id = session.id AND mark.status IN ('present', 'late')"""
_MARKS_OF_SOME = """
SELECT mark.staff_id, mark.minutes, session.id AS session_id, session.held_on, {begins} AS begins,
       {ends} AS ends
FROM training_attendance mark CROSS JOIN training_session session CROSS JOIN training_requirementcourse counts
WHERE mark.staff_id IN (SELECT staff_id FROM population) AND mark.status IN ('present', 'late')
  AND session.id = mark.session_id AND session.state IN ({states})
  AND session.held_on >= {credit_from} AND session.held_on <= {day}
  AND counts.course_id = session.course_id AND counts.requirement_id = {requirement}
  AND counts.year = {year_held}"""

_SUMS = """
SELECT staff_id, SUM(minutes) AS total, MAX(minutes) AS most, COUNT(*) AS sessions
FROM marks GROUP BY staff_id"""
# Where one minute is enough, who was there decides and nothing is summed. Asked with IN, never joined: SQLite
# takes a part it knows nothing of for a small one and may read all of it for every person of a city.
_THERE = "SELECT staff_id FROM ({marks}) marks WHERE minutes > 0"

# Where sessions of one day overlap, the sum may be too high: two do when together they are longer than from
# the first begin to the last end; three or more are lined up to see. One session that suffices alone decides
# without it; so nobody is in doubt where a single minute is enough.
_DOUBTFUL = """
SELECT DISTINCT staff_id FROM (
  SELECT staff_id FROM marks {undecided} GROUP BY staff_id, held_on
  HAVING COUNT(*) > 2 OR SUM(ends - begins) > MAX(ends) - MIN(begins)
) of_day"""
_UNDECIDED = """
WHERE staff_id IN (SELECT staff_id FROM sums
                   WHERE sessions > 1 AND total >= {min_minutes} AND most < {min_minutes})"""
_LINED_UP = """
SELECT staff_id, minutes, held_on, begins, ends, session_id,
       MAX(ends) OVER (PARTITION BY staff_id, held_on ORDER BY begins, ends, session_id
                       ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
FROM marks WHERE staff_id IN (SELECT staff_id FROM doubtful)"""
_LINKED = """
SELECT staff_id, minutes, held_on, begins, ends,
       SUM(CASE WHEN reached IS NULL OR begins >= reached THEN 1 ELSE 0 END)
         OVER (PARTITION BY staff_id, held_on ORDER BY begins, ends, session_id
               ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS link
FROM lined_up"""
_CORRECTED = """
SELECT staff_id, SUM(minutes) AS minutes FROM (
  SELECT staff_id, CASE WHEN SUM(minutes) < MAX(ends) - MIN(begins) THEN SUM(minutes)
                        ELSE MAX(ends) - MIN(begins) END AS minutes
  FROM linked GROUP BY staff_id, held_on, link
) of_link GROUP BY staff_id"""

_OUTSIDE = """
SELECT staff_id, SUM(minutes) AS minutes FROM training_outsidecredit
WHERE requirement_id = {requirement} AND state = 'verified'
  AND completed_on >= {credit_from} AND completed_on <= {day}
GROUP BY staff_id"""

_WAIVED = """
SELECT staff_id FROM training_exemption
WHERE requirement_id = {requirement} AND state = 'approved'
  AND start_on <= {day} AND (end_before IS NULL OR end_before > {day})"""

_CREDITED = """
SELECT population.staff_id, population.unit_id,
       population.staff_id IN (SELECT staff_id FROM waived) AS is_waived,
       {minutes} + COALESCE(outside.minutes, 0) AS credit
FROM population {joined}
LEFT JOIN outside ON outside.staff_id = population.staff_id"""

_STILL_OPEN = "SELECT staff_id, unit_id, credit FROM credited WHERE credit < {min_minutes} AND NOT is_waived"

# Days inside service and inside leave are sets: a day in two spells counts once, so each row gives only
# what no earlier row of the person reached.
_PIECES = """
SELECT staff_id, {later_start} AS start_day, end_day FROM (
  SELECT staff_id, start_day, end_day,
         MAX(end_day) OVER (PARTITION BY staff_id ORDER BY start_day, end_day, id
                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
  FROM (SELECT dated.staff_id, dated.id, {clipped_start} AS start_day, {clipped_end} AS end_day
        FROM still_open JOIN {table} dated ON dated.staff_id = still_open.staff_id
        WHERE dated.start_on < {after} AND (dated.end_before IS NULL OR dated.end_before > {first})
        {only_rows}) clipped
) lined_up WHERE end_day > {later_start}"""
_SERVICE_DAYS = "SELECT staff_id, SUM(end_day - start_day) AS days FROM service_pieces GROUP BY staff_id"
_LEAVE_DAYS = """
SELECT service.staff_id, SUM({overlap_end} - {overlap_start}) AS days
FROM leave_pieces leave CROSS JOIN service_pieces service
WHERE service.staff_id = leave.staff_id
 AND leave.start_day < service.end_day AND leave.end_day > service.start_day
GROUP BY service.staff_id"""

_JUDGED = """
SELECT staff_id, unit_id, credit, CASE WHEN credit >= {min_minutes} THEN 'trained' ELSE 'waived' END AS state
FROM credited WHERE credit >= {min_minutes} OR is_waived
UNION ALL
SELECT still_open.staff_id, still_open.unit_id, still_open.credit,
       CASE WHEN COALESCE(service_days.days, 0) - COALESCE(leave_days.days, 0) >= {min_available_days}
              THEN 'missing'
            WHEN COALESCE(leave_days.days, 0) > 0 THEN 'exempt_leave'
            ELSE 'not_due' END
FROM still_open
LEFT JOIN service_days ON service_days.staff_id = still_open.staff_id
LEFT JOIN leave_days ON leave_days.staff_id = still_open.staff_id"""


class Statement:
    """`run(select)` over the CTE `judged(staff_id, unit_id, credit, state)` of everybody in scope.

    `units`: only people of these units (keys), nobody without a unit. `staff`: only these people (keys).
    `exact`: credit to the minute also where it cannot change the state. `in_scope`: see
    `Policy.units_in_scope`.
    """

    states = ("confirmed",)  # of the sessions that credit
    keeps_marks = False  # whether a select asks for `marks` too

    def __init__(self, policy, day, *, in_scope=None, units=None, staff=None, exact=False, parameters=None):
        self.policy, self.day = policy, day
        self.sql = _DIALECTS[connection.vendor]
        self.parameters = {} if parameters is None else parameters  # shared by statements asked together
        self._fixed = {
            "day": self.value(day),
            "credit_from": self.value(policy.credit_from),
            "first": self.value(policy.window[0]),
            "after": self.value(policy.window[1]),
            "requirement": self.value(policy.requirement),
            "min_minutes": self.value(policy.min_minutes),
            "min_available_days": self.value(policy.min_available_days),
        }
        self.tables = self._compose(in_scope, units, staff, exact)

    def value(self, value):
        """The placeholder of a value."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"%({name})s"

    def values(self, values):
        """The inside of an IN list; of an empty one, what matches nothing."""
        return ", ".join([self.value(value) for value in values]) or "NULL"

    def run(self, select):
        with connection.cursor() as cursor:
            cursor.execute(f"{self.tables}\n{select}", self.parameters)
            return cursor.fetchall()

    def _compose(self, in_scope, units, staff, exact):
        few = units is not None or staff is not None
        marks = self._marks(few)
        bodies = {
            "population": self._population(in_scope, units, staff),
            "counted": self._of_sessions(_COUNTED),
            "outside": self._fill(_OUTSIDE),
            "waived": self._fill(_WAIVED),
        }
        if exact or self.keeps_marks or self.policy.min_minutes > 1:
            bodies |= {
                "marks": marks,
                "sums": _SUMS,
                "doubtful": self._doubtful(exact),
                "lined_up": _LINED_UP,
                "linked": _LINKED,
                "corrected": _CORRECTED,
                "credited": _CREDITED.format(
                    minutes="COALESCE(corrected.minutes, sums.total, 0)",
                    joined="LEFT JOIN sums ON sums.staff_id = population.staff_id"
                    " LEFT JOIN corrected ON corrected.staff_id = population.staff_id",
                ),
            }
        else:
            bodies |= {
                "there": _THERE.format(marks=marks),
                "credited": _CREDITED.format(
                    minutes="CASE WHEN population.staff_id IN (SELECT staff_id FROM there) THEN 1 ELSE 0 END",
                    joined="",
                ),
            }
        bodies |= {
            "still_open": self._fill(_STILL_OPEN),
            "service_pieces": self._pieces("people_servicespell"),
            "leave_pieces": self._pieces("people_leave", "AND dated.is_approved"),
            "service_days": _SERVICE_DAYS,
            "leave_days": self._leave_days(),
        }
        bodies["judged"] = self._fill(_JUDGED)
        # Both databases keep what is asked more than once by themselves.
        return "WITH " + ",\n".join(f"{name} AS ({body})" for name, body in bodies.items())

    def _fill(self, text, **more):
        return text.format(**self._fixed, **more)

    def _population(self, in_scope, units, staff):
        only_staff, only_units = "", []
        if staff is not None:
            only_staff += f"AND serving.staff_id IN ({self.values(staff)})"
        if units is not None:
            keys = self.values(units)
            only_staff += self._fill(_OF_UNITS, units=keys)
            only_units.append(f"unit_id IN ({keys})")
        if in_scope is not None:
            orphans = "" if self.policy.units_in else " OR unit_id IS NULL"
            only_units.append(f"(unit_id IN ({self.values(in_scope)}){orphans})")
        everybody = self._fill(
            _POPULATION,
            categories=self.values(self.policy.categories),
            only_staff=only_staff,
            placed_on=self.sql["day_number"].format("placed.start_on"),
        )
        if not only_units:
            return everybody
        return _OF_THESE.format(everybody=everybody, only_units=" AND ".join(only_units))

    def _marks(self, few):
        return self._of_sessions(_MARKS_OF_SOME) if few else _MARKS_OF_ALL

    def _of_sessions(self, text):
        """Times as minutes of the day."""
        return self._fill(
            text,
            states=", ".join(f"'{state}'" for state in self.states),
            begins=self.sql["minute"].format("session.starts_at"),
            ends=self.sql["minute"].format("session.ends_at"),
            year_held=self._year_held(),
        )

    def _year_held(self):
        """Named where it can only be one: a planner then knows how many sessions count."""
        years = {self.policy.credit_from.year, self.day.year}
        if len(years) == 1:
            return self.value(years.pop())
        return self.sql["year"].format("session.held_on")

    def _doubtful(self, exact):
        return _DOUBTFUL.format(undecided="" if exact else self._fill(_UNDECIDED))

    def _pieces(self, table, only_rows=""):
        day_number, first, after = self.sql["day_number"].format, self._fixed["first"], self._fixed["after"]
        return self._fill(
            _PIECES,
            table=table,
            only_rows=only_rows,
            later_start=self.sql["greater"].format("start_day", "COALESCE(reached, start_day)"),
            clipped_start=day_number(
                f"CASE WHEN dated.start_on < {first} THEN {first} ELSE dated.start_on END"
            ),
            clipped_end=day_number(
                f"CASE WHEN dated.end_before IS NULL OR dated.end_before > {after} THEN {after}"
                " ELSE dated.end_before END"
            ),
        )

    def _leave_days(self):
        return _LEAVE_DAYS.format(
            overlap_end=self.sql["lesser"].format("service.end_day", "leave.end_day"),
            overlap_start=self.sql["greater"].format("service.start_day", "leave.start_day"),
        )
