        {"commands", bench_commands, "so many"}, {"x", 1},
