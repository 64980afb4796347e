import cProfile,pstats,time
from .test_crawler import *
def test_x(world, clients):
    rows=[r for r in role_table.ROWS if r.address.startswith("ideas:")][::12]
    pr=cProfile.Profile(); n=0; t=time.process_time()
    pr.enable()
    for row in rows:
        path=row.path(world)
        for role in EVERYBODY:
            for m in("get","post"):
                ask(clients[role],m,path); n+=1
    pr.disable()
    print(n,(time.process_time()-t)/n)
    pstats.Stats(pr).sort_stats("cumtime").print_stats(45)
    pstats.Stats(pr).sort_stats("tottime").print_stats(15)
    assert 0
