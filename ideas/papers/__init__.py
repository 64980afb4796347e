"""The official papers of the council and of the ward's decisions, drawn from the record (NĐ 30/2020).

`loading` reads what a paper needs, one module a paper turns it into blocks (pure, always Vietnamese),
`offers` says which can be made by whom, `registering` keeps number, date and signed file.
"""
