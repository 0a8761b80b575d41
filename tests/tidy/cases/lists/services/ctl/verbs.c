static const struct verb *const verbs[] = {&verb_init, &verb_up};
