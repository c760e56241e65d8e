def report(names): return 0
