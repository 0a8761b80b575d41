/* sprintf(out, "x") in a comment is not a call, */
const char *text = "nor is strcpy(a, b) in a string";
int a = snprintf(out, sizeof(out), "x") + my_time(NULL) + world->time(world) + deadline.sleep (1);
int b = sprintf(out, "x");
time_t c = time (NULL) + atoi("1");
int d = kill(0, 9);
