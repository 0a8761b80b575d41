static const char *const options[] = {"--good"};
