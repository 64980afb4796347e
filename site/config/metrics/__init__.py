"""Figures of a running process for whoever watches it, in Prometheus' text form.

Each web process answers `/metrics` on its own port: what it did itself (`requests`), and what all processes
share (`shared`: queue, outbox, database, cache, disks), which each of them reports alike. No label holds
anything typed by a person: addresses are known by the name of their view.
"""
