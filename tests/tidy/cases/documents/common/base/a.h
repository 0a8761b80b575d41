/* What the document quotes. */
int there(int number);
enum { DAYS = 7 };
static const struct config_row rows[] = {
        {.key = "good_days", .type = CONFIG_NUMBER, .default_number = DAYS},
        {"bad_days", CONFIG_NUMBER, 0, NULL, 999, 1, 9999, "said to be another"},
};
static const char *const words[] = {"word.logged", "good_name", "good words of %s, to be found"};
struct GoodName Good;
