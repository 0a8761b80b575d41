#include "common/import/cells.h"

#include <string.h>

#include "common/base/siret.h"
#include "common/base/text.h"

enum { WORD_SIZE = 24, TOKENS_MAX = 12, DIGITS_MAX = 15, HUNDREDTHS = 100, THOUSANDTHS = 1000 };

/* Bytes of the blank that the text begins with, 0: none. U+00A0, U+2009, U+202F are what spreadsheets put in figures.
 */
static size_t blank(const char *text)
{
        static const char *const wide[] = {"\u00a0", "\u2009", "\u202f"};
        if (*text == ' ' || (*text >= '\t' && *text <= '\r'))
                return 1;
        if ((unsigned char)*text < 0x80)
                return 0;
        for (size_t i = 0; i < ARRAY_SIZE(wide); i++)
                if (strncmp(text, wide[i], strlen(wide[i])) == 0)
                        return strlen(wide[i]);
        return 0;
}

static const char *skip_blanks(const char *text)
{
        for (size_t size; (size = blank(text)) > 0;)
                text += size;
        return text;
}

/* ---- amounts */

/* Digits and separators of a figure, blanks taken out. */
struct figure {
        char text[2 * DIGITS_MAX];
        size_t size;
};

static const char *take_figure(const char *text, struct figure *ret)
{
        ret->size = 0;
        for (;;) {
                size_t size = blank(text);
                if (size == 0 && *text == '\'' && ret->size > 0) /* 1'200'000 */
                        size = 1;
                if (size > 0) {
                        text += size;
                        continue;
                }
                if (!is_digit(*text) && *text != '.' && *text != ',')
                        break;
                if (ret->size + 1 == sizeof(ret->text))
                        return NULL;
                ret->text[ret->size++] = *text++;
        }
        ret->text[ret->size] = '\0';
        return ret->size > 0 && is_digit(ret->text[0]) ? text : NULL;
}

static size_t count_of(const char *text, char c)
{
        size_t count = 0;
        for (; *text != '\0'; text++)
                count += *text == c;
        return count;
}

/* The separator of the decimals; '\0': there is none. */
static char decimal_mark(const char *figure, bool is_multiple)
{
        size_t points = count_of(figure, '.'), commas = count_of(figure, ',');
        if (points > 0 && commas > 0)
                return strrchr(figure, '.') > strrchr(figure, ',') ? '.' : ',';
        if (points + commas != 1)
                return '\0';
        char mark = points == 1 ? '.' : ',';
        const char *at = strchr(figure, mark);
        bool thousands = !is_multiple && strlen(at + 1) == 3 && at - figure <= 3;
        return thousands ? '\0' : mark;
}

/* Cents of a figure times `unit`; groups of thousands must be of three digits. */
static bool figure_cents(const char *figure, char mark, int64_t unit, int64_t *ret)
{
        int64_t whole = 0, part = 0, scale = 1;
        size_t digits = 0, group = 0;
        bool grouped = false, decimals = false;

        for (; *figure != '\0'; figure++) {
                if (is_digit(*figure)) {
                        if (++digits > DIGITS_MAX)
                                return false;
                        group++;
                        if (!decimals)
                                whole = whole * 10 + (*figure - '0');
                        else if (scale < 1000000) { /* what is smaller than a cent of a million is not told */
                                part = part * 10 + (*figure - '0');
                                scale *= 10;
                        }
                        continue;
                }
                if (decimals || (grouped && group != 3) || (!grouped && (group == 0 || (group > 3 && *figure != mark))))
                        return false;
                decimals = *figure == mark;
                grouped = !decimals;
                group = 0;
        }
        if (grouped && group != 3)
                return false;
        int64_t cents, rest = part * HUNDREDTHS * unit / scale;
        if (__builtin_mul_overflow(whole, HUNDREDTHS * unit, &cents) || __builtin_add_overflow(cents, rest, &cents))
                return false;
        *ret = cents;
        return true;
}

/* What follows the figure: the unit; 0 where it is none. */
static int64_t money_unit(const char *text)
{
        static const struct {
                const char *word;
                int64_t unit;
        } units[] = {
                {"", 1},
                {"e", 1},
                {"eur", 1},
                {"euro", 1},
                {"euros", 1},
                {"k", 1000},
                {"ke", 1000},
                {"keur", 1000},
                {"keuros", 1000},
                {"m", 1000000},
                {"me", 1000000},
                {"meur", 1000000},
                {"meuros", 1000000},
                {"million", 1000000},
                {"millions", 1000000},
                {"millioneuros", 1000000},
                {"milliondeuros", 1000000},
                {"millionseuros", 1000000},
                {"millionsdeuros", 1000000},
        };
        char word[WORD_SIZE];
        text_fold(text, word, sizeof(word)); /* the sign of the euro is dropped */
        size_t length = strlen(word);
        if (length >= 2 && strcmp(word + length - 2, "ht") == 0)
                word[length - 2] = '\0';
        for (size_t i = 0; i < ARRAY_SIZE(units); i++)
                if (strcmp(units[i].word, word) == 0)
                        return units[i].unit;
        return 0;
}

bool cell_amount(const char *text, struct money *ret)
{
        static const int64_t cents_max = INT64_C(100000000000000); /* a thousand billion euros */
        struct figure figure;
        int64_t cents;

        const char *rest = take_figure(text, &figure);
        int64_t unit = rest == NULL || strpbrk(rest, "0123456789-%") != NULL ? 0 : money_unit(rest);
        if (unit == 0 || !figure_cents(figure.text, decimal_mark(figure.text, unit > 1), unit, &cents) ||
            cents > cents_max)
                return false;
        *ret = money_of_cents(cents);
        return true;
}

/* ---- words and numbers, one after the other */

struct token {
        bool is_number;
        bool is_decimal;
        int64_t hundredths;   /* of a number */
        char word[WORD_SIZE]; /* folded */
};

static const char *read_number(const char *text, struct token *ret)
{
        int64_t hundredths = 0;
        size_t digits = 0;
        for (; is_digit(*text) && digits < DIGITS_MAX - 2; text++, digits++)
                hundredths = hundredths * 10 + (*text - '0');
        hundredths *= HUNDREDTHS;
        *ret = (struct token){.is_number = true, .hundredths = hundredths};
        if ((*text == ',' || *text == '.') && is_digit(text[1]) && !is_digit(text[2]) && text[2] != '.') {
                ret->is_decimal = true; /* one decimal: "1,5 an" */
                ret->hundredths += (text[1] - '0') * 10;
                text += 2;
        }
        return text;
}

static const char *read_word(const char *text, struct token *ret)
{
        char raw[WORD_SIZE];
        size_t size = 0;
        while (*text != '\0' && !is_digit(*text) && strchr(" \t\r\n,;:/.()-+'", *text) == NULL && blank(text) == 0) {
                if (size + 1 < sizeof(raw))
                        raw[size++] = *text;
                text++;
        }
        raw[size] = '\0';
        *ret = (struct token){.is_number = false};
        text_fold(raw, ret->word, sizeof(ret->word));
        return text;
}

/* How many tokens there are; TOKENS_MAX + 1: too many. Signs between them are passed over. */
static size_t read_tokens(const char *text, struct token tokens[TOKENS_MAX])
{
        size_t count = 0;
        while (*(text = skip_blanks(text)) != '\0') {
                struct token token;
                const char *next = is_digit(*text) ? read_number(text, &token) : read_word(text, &token);
                if (next == text) {
                        text++;
                        continue;
                }
                text = next;
                if (!token.is_number && token.word[0] == '\0')
                        continue;
                if (count == TOKENS_MAX)
                        return TOKENS_MAX + 1;
                tokens[count++] = token;
        }
        return count;
}

struct word_value {
        const char *word;
        int value;
};

static bool find_word(const struct word_value *words, size_t count, const char *word, int *ret)
{
        for (size_t i = 0; i < count; i++)
                if (strcmp(words[i].word, word) == 0) {
                        *ret = words[i].value;
                        return true;
                }
        return false;
}

/* ---- durations */

enum unit { UNIT_YEARS, UNIT_MONTHS, UNIT_WEEKS, UNIT_DAYS, UNIT_TIMES, RENEWED, NOTHING };

static const struct word_value duration_words[] = {
        {"an", UNIT_YEARS},
        {"ans", UNIT_YEARS},
        {"annee", UNIT_YEARS},
        {"annees", UNIT_YEARS},
        {"mois", UNIT_MONTHS},
        {"m", UNIT_MONTHS},
        {"semaine", UNIT_WEEKS},
        {"semaines", UNIT_WEEKS},
        {"jour", UNIT_DAYS},
        {"jours", UNIT_DAYS},
        {"j", UNIT_DAYS},
        {"fois", UNIT_TIMES},
        {"reconductible", RENEWED},
        {"reconductibles", RENEWED},
        {"renouvelable", RENEWED},
        {"renouvelables", RENEWED},
        {"et", NOTHING},
        {"ferme", NOTHING},
        {"fermes", NOTHING},
        {"environ", NOTHING},
        {"maximum", NOTHING},
        {"max", NOTHING},
        {"tacitement", NOTHING},
        {"soit", NOTHING},
};

/* Adds hundredths of a unit to hundredths of a day; a month counts 30 of them. */
static int64_t days_of(int64_t hundredths, enum unit unit)
{
        static const int64_t days[] = {[UNIT_YEARS] = 360, [UNIT_MONTHS] = 30, [UNIT_WEEKS] = 7, [UNIT_DAYS] = 1};
        return hundredths * days[unit];
}

struct duration {
        int64_t day_hundredths;
        int64_t times;
        bool is_renewed;
};

/* The number at tokens[at] and the word behind it. */
static bool add_duration(const struct token *tokens, size_t at, size_t count, struct duration *duration)
{
        int unit = UNIT_MONTHS;
        if (tokens[at].hundredths > CELL_MONTHS_MAX * 31 * HUNDREDTHS)
                return false;
        if (at + 1 < count && (tokens[at + 1].is_number ||
                               !find_word(duration_words, ARRAY_SIZE(duration_words), tokens[at + 1].word, &unit)))
                return false;
        if (at + 1 == count && at > 0) /* only a number that stands alone needs no unit */
                return false;
        if (unit == UNIT_TIMES) {
                duration->times = tokens[at].hundredths / HUNDREDTHS;
                return duration->is_renewed && !tokens[at].is_decimal;
        }
        if (unit > UNIT_DAYS || duration->is_renewed)
                return false;
        duration->day_hundredths += days_of(tokens[at].hundredths, (enum unit)unit);
        return true;
}

bool cell_months(const char *text, uint32_t *ret)
{
        struct token tokens[TOKENS_MAX];
        struct duration duration = {0};
        size_t count = read_tokens(text, tokens);
        int word;

        if (count == 0 || count > TOKENS_MAX)
                return false;
        for (size_t i = 0; i < count; i++) {
                if (tokens[i].is_number && !add_duration(tokens, i, count, &duration))
                        return false;
                if (!tokens[i].is_number &&
                    !find_word(duration_words, ARRAY_SIZE(duration_words), tokens[i].word, &word))
                        return false;
                duration.is_renewed = duration.is_renewed || (!tokens[i].is_number && word == RENEWED);
        }
        int64_t month = INT64_C(30) * HUNDREDTHS;
        int64_t months = (duration.day_hundredths + month - 1) / month * (1 + duration.times);
        if (months < 1 || months > CELL_MONTHS_MAX)
                return false;
        *ret = (uint32_t)months;
        return true;
}

/* ---- launch dates */

enum { QUARTER = 20, HALF = 21, IGNORED = 22 };

static const struct word_value launch_words[] = {
        {"janvier", 1},    {"janv", 1},          {"jan", 1},       {"fevrier", 2},     {"fevr", 2},
        {"fev", 2},        {"mars", 3},          {"avril", 4},     {"avr", 4},         {"mai", 5},
        {"juin", 6},       {"juillet", 7},       {"juil", 7},      {"aout", 8},        {"septembre", 9},
        {"sept", 9},       {"sep", 9},           {"octobre", 10},  {"oct", 10},        {"novembre", 11},
        {"nov", 11},       {"decembre", 12},     {"dec", 12},      {"t", QUARTER},     {"trimestre", QUARTER},
        {"trim", QUARTER}, {"q", QUARTER},       {"s", HALF},      {"semestre", HALF}, {"sem", HALF},
        {"e", IGNORED},    {"er", IGNORED},      {"ere", IGNORED}, {"eme", IGNORED},   {"nd", IGNORED},
        {"le", IGNORED},   {"de", IGNORED},      {"du", IGNORED},  {"debut", IGNORED}, {"fin", IGNORED},
        {"mi", IGNORED},   {"courant", IGNORED}, {"en", IGNORED},  {"vers", IGNORED},  {"au", IGNORED},
};

/* What the tokens hold: numbers in order, and the word that gives them a sense. */
struct launch {
        int64_t numbers[3];
        size_t count;
        size_t before; /* numbers before the month's name */
        int word;      /* a month, QUARTER, HALF; 0: none */
};

static bool gather_launch(const char *text, struct launch *ret)
{
        struct token tokens[TOKENS_MAX];
        size_t count = read_tokens(text, tokens);
        *ret = (struct launch){0};
        for (size_t i = 0; i < count && count <= TOKENS_MAX; i++) {
                int word = 0;
                if (tokens[i].is_number) {
                        if (ret->count == ARRAY_SIZE(ret->numbers) || tokens[i].is_decimal)
                                return false;
                        ret->numbers[ret->count++] = tokens[i].hundredths / HUNDREDTHS;
                        continue;
                }
                if (!find_word(launch_words, ARRAY_SIZE(launch_words), tokens[i].word, &word))
                        return false;
                if (word == IGNORED)
                        continue;
                if (ret->word != 0)
                        return false;
                ret->word = word;
                ret->before = ret->count;
        }
        return count > 0 && count <= TOKENS_MAX;
}

static int64_t full_year(int64_t year)
{
        return year < 100 ? 2000 + year : year;
}

static bool make_day(int64_t year, int64_t month, int64_t day, struct day *ret)
{
        if (year < CELL_YEAR_MIN || year > CELL_YEAR_MAX || month < 1 || month > 12 || day < 1 || day > 31)
                return false;
        struct civil civil = {(int)year, (int)month, (int)day};
        if (!civil_valid(civil))
                return false;
        *ret = day_of_civil(civil);
        return true;
}

/* "T2 2027", "2027-T2", "2T27", "2e trimestre". */
static bool launch_of_part(const struct launch *launch, uint32_t year, struct day *ret)
{
        int64_t parts = launch->word == QUARTER ? 4 : 2, part = launch->numbers[0], of = year;
        if (launch->count == 0 || launch->count > 2)
                return false;
        if (launch->count == 2) {
                bool year_first = launch->numbers[0] > parts;
                part = launch->numbers[year_first ? 1 : 0];
                of = full_year(launch->numbers[year_first ? 0 : 1]);
        }
        return part >= 1 && part <= parts && make_day(of, (part - 1) * (12 / parts) + 1, 1, ret);
}

/* "mars 2027", "15 mars 2027", "15 mars", "mars-27", "mars". */
static bool launch_of_month(const struct launch *launch, uint32_t year, struct day *ret)
{
        size_t after = launch->count - launch->before;
        bool year_first = launch->before == 1 && launch->numbers[0] >= CELL_YEAR_MIN;
        if (launch->before > 1 || after > 1 || (year_first && after > 0))
                return false;
        int64_t day = launch->before == 1 && !year_first ? launch->numbers[0] : 1;
        int64_t of = year_first ? launch->numbers[0] : after > 0 ? full_year(launch->numbers[launch->before]) : year;
        return make_day(of, launch->word, day, ret);
}

static bool launch_of_numbers(const struct launch *launch, uint32_t year, struct day *ret)
{
        const int64_t *n = launch->numbers;
        switch (launch->count) {
        case 1: return make_day(n[0], 1, 1, ret);
        case 2:
                if (n[0] >= CELL_YEAR_MIN)
                        return make_day(n[0], n[1], 1, ret);
                return n[1] >= CELL_YEAR_MIN ? make_day(n[1], n[0], 1, ret) : make_day(year, n[1], n[0], ret);
        case 3:
                return n[0] >= CELL_YEAR_MIN ? make_day(n[0], n[1], n[2], ret)
                                             : make_day(full_year(n[2]), n[1], n[0], ret);
        default: return false;
        }
}

enum { SERIAL_OF_1910 = 3654, SERIAL_OF_2000 = 36526, SERIAL_MAX = 73415 /* 2100-12-31 */ };

/* A spreadsheet's number of a day, from `first` on. */
static bool day_of_serial(const char *text, int64_t first, struct day *ret)
{
        static const int64_t epoch = 25569; /* 1970-01-01 */
        int64_t number = 0;
        size_t digits = 0;

        for (; is_digit(*text) && digits < 6; text++, digits++)
                number = number * 10 + (*text - '0');
        if (*text == '.') /* the time of the day */
                do
                        text++;
                while (is_digit(*text));
        if (*text != '\0' || number < first || number > SERIAL_MAX)
                return false;
        *ret = day_of_number((int32_t)(number - epoch));
        return true;
}

bool cell_day_number(const char *text, struct day *ret)
{
        return day_of_serial(text, SERIAL_OF_2000, ret);
}

bool cell_day(const char *text, struct day *ret)
{
        struct launch told;
        text = skip_blanks(text);
        if (day_of_serial(text, SERIAL_OF_1910, ret)) /* less is an age, a year, a number of something else */
                return true;
        if (!gather_launch(text, &told) || told.word > 12)
                return false;
        const int64_t *n = told.numbers;
        bool has_word = told.word != 0, year_first = n[0] >= CELL_DAY_YEAR_MIN;
        if (told.count != (has_word ? 2 : 3) || (has_word && told.before != 1))
                return false;
        int64_t year = has_word ? n[1] : n[year_first ? 0 : 2], month = has_word ? told.word : n[1];
        int64_t day = !has_word && year_first ? n[2] : n[0];
        if (year < CELL_DAY_YEAR_MIN || year > CELL_YEAR_MAX || month < 1 || month > 12 || day < 1 || day > 31)
                return false;
        struct civil civil = {(int)year, (int)month, (int)day};
        if (!civil_valid(civil))
                return false;
        *ret = day_of_civil(civil);
        return true;
}

bool cell_launch(const char *text, uint32_t year, struct day *ret)
{
        char head[64];
        struct launch launch;

        text = skip_blanks(text);
        size_t size = strlen(text) < sizeof(head) - 1 ? strlen(text) : sizeof(head) - 1;
        memcpy(head, text, size);
        head[size] = '\0';
        char *time = strchr(head, ':'); /* a time behind the date goes, from its hour on */
        while (time != NULL && time > head && is_digit(time[-1]))
                time--;
        if (time != NULL)
                *time = '\0';
        if (strlen(text) >= sizeof(head) || !gather_launch(head, &launch))
                return false;
        if (launch.word == QUARTER || launch.word == HALF)
                return launch_of_part(&launch, year, ret);
        return launch.word != 0 ? launch_of_month(&launch, year, ret) : launch_of_numbers(&launch, year, ret);
}

/* ---- codes and counts */

bool cell_cpv(const char *text, char ret_cpv[CELL_CPV_SIZE])
{
        char code[CPV_DIGITS + 4];
        size_t count = 0;
        while (*text != '\0' && !is_digit(*text))
                text++;
        for (; *text != '\0' && count <= CPV_DIGITS; text++) {
                if (is_digit(*text))
                        code[count++] = *text;
                else if (blank(text) == 0)
                        break;
        }
        if (*text == '-' && is_digit(text[1]) && !is_digit(text[2])) {
                code[count++] = '-';
                code[count++] = text[1];
        }
        code[count] = '\0';
        return cpv_read(code, ret_cpv) != CPV_NONE;
}

bool cell_yes_no(const char *text, bool *ret)
{
        static const struct word_value words[] = {
                {"oui", true},  {"o", true},  {"x", true},     {"vrai", true},   {"true", true}, {"1", true},
                {"non", false}, {"n", false}, {"faux", false}, {"false", false}, {"0", false},
        };
        char word[WORD_SIZE];
        int value;
        text_fold(text, word, sizeof(word));
        if (!find_word(words, ARRAY_SIZE(words), word, &value))
                return false;
        *ret = value != 0;
        return true;
}

bool cell_lots(const char *text, uint32_t *ret)
{
        static const struct word_value words[] = {
                {"oui", 0},       {"alloti", 0}, {"allotie", 0},   {"non", 1},
                {"nonalloti", 1}, {"unique", 1}, {"lotunique", 1}, {"sans", 1},
        };
        enum { LOTS_MAX = 999 };
        struct token tokens[TOKENS_MAX];
        char word[WORD_SIZE];
        int value;

        text_fold(text, word, sizeof(word));
        if (find_word(words, ARRAY_SIZE(words), word, &value)) {
                *ret = (uint32_t)value;
                return true;
        }
        size_t count = read_tokens(text, tokens);
        bool alone = count == 1 || (count == 2 && !tokens[1].is_number && strncmp(tokens[1].word, "lot", 3) == 0);
        if (!alone || !tokens[0].is_number || tokens[0].hundredths % HUNDREDTHS != 0 ||
            tokens[0].hundredths / HUNDREDTHS > LOTS_MAX)
                return false;
        *ret = (uint32_t)(tokens[0].hundredths / HUNDREDTHS);
        return true;
}

/* ---- which lot */

bool cell_lot(const char *text, uint32_t *ret)
{
        enum { LOT_MAX = 999, HEAD_MAX = 40 };
        static const struct word_value heads[] = {
                {"", 0},  {"lot", 0}, {"lotn", 0},   {"lotno", 0},  {"lotnumero", 0},
                {"n", 0}, {"no", 0},  {"numero", 0}, {"unique", 1}, {"lotunique", 1},
        };
        char head[HEAD_MAX], word[WORD_SIZE];
        size_t size = strcspn(text, "0123456789");
        uint32_t lot = 0;
        int value;

        if (size >= sizeof(head))
                return false;
        memcpy(head, text, size);
        head[size] = '\0';
        text_fold(head, word, sizeof(word));
        if (!find_word(heads, ARRAY_SIZE(heads), word, &value))
                return false;
        for (text += size; is_digit(*text) && lot <= LOT_MAX; text++)
                lot = lot * 10 + (uint32_t)(*text - '0');
        if ((*text == ',' || *text == '.') && is_digit(text[1]) && text[1] != '0') /* "2.1" is no number of a lot */
                return false;
        if (value == 1 && lot == 0)
                lot = 1;
        if (lot < 1 || lot > LOT_MAX)
                return false;
        *ret = lot;
        return true;
}

/* ---- hours and months */

/* "35h30", "35 h", "7:30": whole hours, and minutes. False: not of that form. */
static bool clock_hours(const char *text, int64_t *ret_hundredths)
{
        enum { HOUR_DIGITS_MAX = 6, MINUTES = 60 };
        int64_t whole = 0, minutes = 0;
        size_t digits = 0;

        for (; is_digit(*text) && digits < HOUR_DIGITS_MAX; text++, digits++)
                whole = whole * 10 + (*text - '0');
        text = skip_blanks(text);
        if (digits == 0 || (*text != 'h' && *text != 'H' && *text != ':'))
                return false;
        bool colon = *text == ':';
        text = skip_blanks(text + 1);
        if (is_digit(text[0]) && is_digit(text[1])) {
                minutes = (text[0] - '0') * 10 + (text[1] - '0');
                text += 2;
        } else if (colon)
                return false;
        if (colon && text[0] == ':' && text[1] == '0' && text[2] == '0') /* a spreadsheet's seconds */
                text += 3;
        if (*skip_blanks(text) != '\0' || minutes >= MINUTES)
                return false;
        *ret_hundredths = whole * HUNDREDTHS + (minutes * HUNDREDTHS + MINUTES / 2) / MINUTES;
        return true;
}

/* Up to three decimals behind the mark; what a sum of a spreadsheet leaves behind those goes. */
static const char *take_thousandths(const char *text, int64_t *ret)
{
        int64_t unit = THOUSANDTHS / 10;
        *ret = 0;
        for (; is_digit(*text); text++, unit /= 10)
                *ret += (*text - '0') * unit;
        return text;
}

/* Digits, one point or comma, digits; no groups of thousands: no month has so many hours. */
static bool plain_hours(const char *text, int64_t *ret_hundredths)
{
        enum { WHOLE_DIGITS_MAX = 6 };
        static const struct word_value units[] = {{"", 0}, {"h", 0}, {"heure", 0}, {"heures", 0}};
        int64_t whole = 0, thousandths = 0;
        size_t digits = 0;
        char word[WORD_SIZE];
        int unused;

        for (; is_digit(*text) && digits <= WHOLE_DIGITS_MAX; text++, digits++)
                whole = whole * 10 + (*text - '0');
        if (digits == 0 || digits > WHOLE_DIGITS_MAX)
                return false;
        if ((*text == '.' || *text == ',') && is_digit(text[1]))
                text = take_thousandths(text + 1, &thousandths);
        if (strpbrk(text, "0123456789-,.:/%") != NULL)
                return false;
        text_fold(text, word, sizeof(word));
        if (!find_word(units, ARRAY_SIZE(units), word, &unused))
                return false;
        *ret_hundredths = whole * HUNDREDTHS + (thousandths + 5) / 10;
        return true;
}

bool cell_hours(const char *text, struct hours *ret)
{
        int64_t hundredths;
        text = skip_blanks(text);
        if (!clock_hours(text, &hundredths) && !plain_hours(text, &hundredths))
                return false;
        *ret = hours_of_hundredths(hundredths);
        return true;
}

bool cell_hours_in_all(const char *text, struct hours *ret)
{
        static const struct word_value units[] = {{"", 0}, {"h", 0}, {"heure", 0}, {"heures", 0}};
        static const int64_t hundredths_max = INT64_C(100000000000); /* a billion hours */
        struct figure figure;
        char word[WORD_SIZE];
        int64_t hundredths;
        int unused;

        const char *rest = take_figure(text, &figure);
        if (rest == NULL || strpbrk(rest, "0123456789-%:/") != NULL)
                return cell_hours(text, ret);
        text_fold(rest, word, sizeof(word));
        if (!find_word(units, ARRAY_SIZE(units), word, &unused) ||
            !figure_cents(figure.text, decimal_mark(figure.text, false), 1, &hundredths) || hundredths > hundredths_max)
                return cell_hours(text, ret);
        *ret = hours_of_hundredths(hundredths);
        return true;
}

bool cell_month(const char *text, struct month *ret)
{
        char head[64];
        struct launch told;
        struct day day;

        text = skip_blanks(text);
        if (cell_day_number(text, &day)) {
                *ret = month_of_day(day);
                return true;
        }
        if (strlen(text) >= sizeof(head))
                return false;
        memcpy(head, text, strlen(text) + 1);
        if (!gather_launch(head, &told) || told.word == QUARTER || told.word == HALF)
                return false;
        /* Nobody guesses of which year somebody's hours are: cell_launch() is given one that is none. A year alone is
         * no month. */
        if ((told.word == 0 && told.count < 2) || !cell_launch(text, 0, &day))
                return false;
        *ret = month_of_day(day);
        return true;
}

/* ---- numbers of companies */

enum cell_siret cell_siret(const char *text, char ret_siret[CELL_SIRET_SIZE])
{
        char digits[CELL_SIRET_SIZE];
        size_t count = 0;

        for (text = skip_blanks(text); *text != '\0' && count < sizeof(digits); text++) {
                if (is_digit(*text))
                        digits[count++] = *text;
                else if (*text == ',' || *text == '.' || *text == 'E' || *text == 'e')
                        return count > 0 && strpbrk(text, "eE") != NULL ? CELL_SIRET_EXPONENT : CELL_SIRET_OTHER;
                else if (blank(text) == 0)
                        return CELL_SIRET_OTHER;
                else
                        text += blank(text) - 1;
        }
        digits[count < sizeof(digits) ? count : 0] = '\0';
        if (siret_with_zero(digits, ret_siret))
                return CELL_SIRET_GOOD;
        if (count != SIRET_DIGITS)
                return count == SIRET_DIGITS - 1 ? CELL_SIRET_ZERO_LOST : CELL_SIRET_OTHER;
        if (!siret_valid(digits))
                return CELL_SIRET_WRONG_KEY;
        memcpy(ret_siret, digits, sizeof(digits));
        return CELL_SIRET_GOOD;
}

/* ---- departments */

static bool is_corsican(char c)
{
        return c == 'a' || c == 'A' || c == 'b' || c == 'B';
}

bool cell_territory(const char *text, char ret_territory[TERRITORY_TEXT_SIZE])
{
        char code[TERRITORY_TEXT_SIZE] = "";
        size_t size = 0;

        while (*text != '\0' && !is_digit(*text))
                text++;
        while (*text == '0' && is_digit(text[1]) && is_digit(text[2])) /* "031" */
                text++;
        if (is_digit(text[0]) && !is_digit(text[1]) && !is_corsican(text[1]))
                code[size++] = '0'; /* "1" */
        for (; size < sizeof(code) - 1 && is_digit(*text); text++)
                code[size++] = *text;
        if (size == 1 && is_corsican(*text)) { /* "2a" */
                code[size++] = *text == 'a' || *text == 'A' ? 'A' : 'B';
                text++;
        }
        bool goes_on = is_digit(*text) || (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
        if (goes_on || !territory_valid(code))
                return false;
        memcpy(ret_territory, code, sizeof(code));
        return true;
}
