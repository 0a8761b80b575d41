static const char *const options[] = {"instance"};
