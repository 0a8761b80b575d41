int64_t a = hours.v;
int64_t b = hours->v + hours.value + it.vat; /* or hours.v */
struct hours c = {.v = 1};
