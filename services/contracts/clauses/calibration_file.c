#include "services/contracts/clauses/calibration_file.h"

#include <string.h>

#include <jansson.h>

#include "common/base/require.h"
#include "common/base/text.h"

enum { PATH_SIZE = 4096 };

/* What is being read, for messages: everything below fails through bad(). */
struct reading {
        const char *path;
        const char *version;
        struct arena *arena;
        struct err_info *info;
};

static int bad(const struct reading *reading, const char *block, const char *what)
{
        return err_set(reading->info, ERR_CONFIG, "%s: version %s, %s: %s", reading->path, reading->version, block,
                       what);
}

static const char *text_at(const json_t *object, const char *key)
{
        const char *text = json_string_value(json_object_get(object, key));
        return text_is_empty(text) ? NULL : text;
}

/* ["min", "max"] of any quantity: `parse` gives one number that can be compared. */
typedef int (*parse_f)(const char *text, int64_t *ret);

static int parse_share(const char *text, int64_t *ret)
{
        struct share share;
        int err = share_parse(text, &share);
        if (err == 0 && share_millionths(share) > SHARE_ONE_MILLIONTHS)
                err = ERR_OVERFLOW;
        if (err == 0)
                *ret = share_millionths(share);
        return err;
}

static int parse_money(const char *text, int64_t *ret)
{
        struct money money;
        int err = money_parse(text, &money);
        if (err == 0)
                *ret = money_cents(money);
        return err;
}

static bool range_at(const json_t *block, const char *key, parse_f parse, int64_t ret[2])
{
        const json_t *pair = json_object_get(block, key);
        int64_t read[2];

        if (json_array_size(pair) != 2)
                return false;
        for (size_t i = 0; i < 2; i++) {
                const char *text = json_string_value(json_array_get(pair, i));
                if (text == NULL || parse(text, &read[i]) != 0)
                        return false;
        }
        if (read[0] <= 0 || read[0] > read[1]) /* a zero minimum would let a division by zero through */
                return false;
        memcpy(ret, read, sizeof(read));
        return true;
}

static bool share_range_at(const json_t *block, const char *key, struct share_range *ret)
{
        int64_t read[2];
        if (!range_at(block, key, parse_share, read))
                return false;
        *ret = (struct share_range){share_of_millionths((uint32_t)read[0]), share_of_millionths((uint32_t)read[1])};
        return true;
}

static bool money_range_at(const json_t *block, const char *key, struct money_range *ret)
{
        int64_t read[2];
        if (!range_at(block, key, parse_money, read))
                return false;
        *ret = (struct money_range){money_of_cents(read[0]), money_of_cents(read[1])};
        return true;
}

static bool hours_at(const json_t *block, const char *key, struct hours *ret)
{
        const char *text = text_at(block, key);
        return text != NULL && hours_parse(text, ret) == 0 && hours_hundredths(*ret) > 0;
}

/* ---- blocks of one version */

static int read_ranges(const struct reading *reading, const json_t *version, struct calibration_rules *ret)
{
        const json_t *rate = json_object_get(version, "insertion_rate");
        const json_t *cost = json_object_get(version, "hourly_cost");
        const json_t *labour = json_object_get(version, "labour_share");

        if (text_at(rate, "source") == NULL || text_at(cost, "source") == NULL || text_at(labour, "source") == NULL)
                return bad(reading, "insertion_rate, hourly_cost, labour_share", "each must say its source");
        if (!share_range_at(rate, "accepted", &ret->insertion_rate_accepted) ||
            !share_range_at(rate, "usual", &ret->insertion_rate_usual))
                return bad(reading, "insertion_rate", "needs accepted and usual, each [min, max] within 0..1");
        if (!money_range_at(cost, "accepted", &ret->hourly_cost_accepted) ||
            !money_range_at(cost, "usual", &ret->hourly_cost_usual))
                return bad(reading, "hourly_cost", "needs accepted and usual, each [min, max] in euros");
        if (!share_range_at(labour, "accepted", &ret->labour_share_accepted))
                return bad(reading, "labour_share", "needs accepted [min, max] within 0..1");
        return 0;
}

static int read_trades(const struct reading *reading, const json_t *version, struct calibration_rules *ret)
{
        const json_t *list = json_object_get(version, "trades");
        size_t count = json_array_size(list);
        struct trade *trades = arena_zalloc(reading->arena, (count + 1) * sizeof(*trades));

        for (size_t i = 0; i < count; i++) {
                const json_t *entry = json_array_get(list, i);
                if (text_at(entry, "code") == NULL || text_at(entry, "label") == NULL ||
                    text_at(entry, "source") == NULL)
                        return bad(reading, "trades", "each needs code, label and source");
                if (!share_range_at(entry, "usual", &trades[i].usual))
                        return bad(reading, text_at(entry, "code"), "needs usual [min, max] within 0..1");
                trades[i].code = arena_text(reading->arena, text_at(entry, "code"));
                trades[i].label = arena_text(reading->arena, text_at(entry, "label"));
        }
        ret->trades = trades;
        ret->trade_count = count;
        return 0;
}

static int read_hours(const struct reading *reading, const json_t *version, struct calibration_rules *ret)
{
        const json_t *thresholds = json_object_get(version, "thresholds");
        const json_t *equivalents = json_object_get(version, "equivalents");

        if (text_at(thresholds, "source") == NULL || text_at(equivalents, "source") == NULL)
                return bad(reading, "thresholds, equivalents", "each must say its source");
        if (!hours_at(thresholds, "hire_hours", &ret->hire_hours) ||
            !hours_at(thresholds, "person_quarter_hours", &ret->person_quarter_hours))
                return bad(reading, "thresholds", "needs hire_hours and person_quarter_hours");
        if (!hours_at(equivalents, "year_hours", &ret->year_hours) ||
            !hours_at(equivalents, "week_hours", &ret->week_hours))
                return bad(reading, "equivalents", "needs year_hours and week_hours");
        return 0;
}

static int read_version(struct reading *reading, const json_t *version, struct calibration_rules *ret)
{
        const char *name = text_at(version, "version");
        const char *from = text_at(version, "valid_from");

        reading->version = name == NULL ? "?" : name;
        if (name == NULL || from == NULL || day_parse(from, &ret->valid_from) != 0)
                return bad(reading, "version", "needs version and valid_from (YYYY-MM-DD)");
        ret->version = arena_text(reading->arena, name);
        int err = read_ranges(reading, version, ret);
        if (err == 0)
                err = read_trades(reading, version, ret);
        if (err == 0)
                err = read_hours(reading, version, ret);
        return err;
}

static int read_versions(struct reading *reading, const json_t *root, struct calibration_file *ret)
{
        const json_t *list = json_object_get(root, "versions");
        size_t count = json_array_size(list);

        if (count == 0)
                return bad(reading, "versions", "there must be at least one");
        ret->versions = arena_zalloc(&ret->arena, count * sizeof(*ret->versions));
        ret->version_count = count;
        for (size_t i = 0; i < count; i++) {
                int err = read_version(reading, json_array_get(list, i), &ret->versions[i]);
                if (err != 0)
                        return err;
                if (i > 0 && day_number(ret->versions[i].valid_from) <= day_number(ret->versions[i - 1].valid_from))
                        return bad(reading, "valid_from", "versions must follow each other in time");
        }
        return 0;
}

int calibration_file_load(const char *directory, struct calibration_file *ret, struct err_info *info)
{
        struct calibration_file file = {0};
        char path[PATH_SIZE];
        json_error_t where;

        if (snprintf(path, sizeof(path), "%s/calibration.json", directory) >= (int)sizeof(path))
                return err_set(info, ERR_CONFIG, "rules: the path is too long");
        json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
        if (root == NULL)
                return err_set(info, where.line < 0 ? ERR_NOT_FOUND : ERR_CONFIG, "%s: line %d: %s", path, where.line,
                               where.text);
        arena_init(&file.arena);
        struct reading reading = {.path = path, .version = "?", .arena = &file.arena, .info = info};
        int err = read_versions(&reading, root, &file);
        json_decref(root);
        if (err != 0) {
                arena_fini(&file.arena);
                return err;
        }
        *ret = file;
        return 0;
}

void calibration_file_fini(struct calibration_file *file)
{
        arena_fini(&file->arena);
        *file = (struct calibration_file){0};
}

const struct calibration_rules *calibration_file_on(const struct calibration_file *file, struct day day)
{
        require(file->version_count > 0);
        size_t chosen = 0;
        for (size_t i = 1; i < file->version_count; i++)
                if (day_number(file->versions[i].valid_from) <= day_number(day))
                        chosen = i;
        return &file->versions[chosen];
}
