"""The publicity log: radio, websites, fanpage, Zalo; the portal's own news counts itself (V.3, VII.2)."""
