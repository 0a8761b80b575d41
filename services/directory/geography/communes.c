#include "services/directory/geography/communes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/text.h"

enum { CELLS_MAX = 7, CODE_DIGITS = 5 };

struct coded {
        const char *code, *name, *more;
};

struct coded_list {
        struct coded *rows; /* by code, as they come */
        size_t count;
};

struct former {
        const char *code, *name, *today;
};

struct communes {
        struct arena arena;
        const char *version, *source;
        struct coded_list departments, epcis;
        struct commune *communes; /* by code, once sorted */
        struct former *formers;   /* likewise */
        size_t count, former_count;
        struct word_list *names;
};

/* ---- reading */

static const struct coded *coded_find(const struct coded_list *list, const char *code)
{
        for (size_t from = 0, to = list->count; from < to;) {
                size_t middle = from + (to - from) / 2;
                int order = strcmp(code, list->rows[middle].code);
                if (order == 0)
                        return &list->rows[middle];
                if (order < 0)
                        to = middle;
                else
                        from = middle + 1;
        }
        return NULL;
}

static int coded_add(struct communes *communes, struct coded_list *list, char *cells[CELLS_MAX], struct err_info *info)
{
        if (list->count > 0 && strcmp(list->rows[list->count - 1].code, cells[1]) >= 0)
                return err_set(info, ERR_CONFIG, "%s does not come after %s", cells[1],
                               list->rows[list->count - 1].code);
        list->rows = arena_extend(&communes->arena, list->rows, list->count, sizeof(*list->rows));
        list->rows[list->count++] = (struct coded){cells[1], cells[2], cells[3]};
        return 0;
}

static int read_commune(struct communes *communes, char *cells[CELLS_MAX], struct err_info *info)
{
        const struct coded *department = coded_find(&communes->departments, cells[3]);
        const struct coded *epci = coded_find(&communes->epcis, cells[4]);
        uint64_t population = 0;
        if (department == NULL)
                return err_set(info, ERR_CONFIG, "commune %s: no department %s", cells[1], cells[3]);
        if (cells[5][0] != '\0' && text_to_u64(cells[5], UINT32_MAX, &population) != 0)
                return err_set(info, ERR_CONFIG, "commune %s: %s is no number of inhabitants", cells[1], cells[5]);
        communes->communes =
                arena_extend(&communes->arena, communes->communes, communes->count, sizeof(*communes->communes));
        communes->communes[communes->count++] = (struct commune){
                .code = cells[1],
                .name = cells[2],
                .territory = department->code,
                .epci_code = epci == NULL ? "" : epci->code,
                .postcodes = cells[6],
                .department = department->name,
                .region = department->more,
                .epci = epci == NULL ? "" : epci->name,
                .population = (uint32_t)population,
        };
        return 0;
}

static int read_line(struct communes *communes, char *cells[CELLS_MAX], struct err_info *info)
{
        switch (cells[0][0]) {
        case 'V':
                communes->version = cells[1];
                communes->source = cells[2];
                return 0;
        case 'D': return coded_add(communes, &communes->departments, cells, info);
        case 'E': return coded_add(communes, &communes->epcis, cells, info);
        case 'C': return read_commune(communes, cells, info);
        case 'F':
                communes->formers = arena_extend(&communes->arena, communes->formers, communes->former_count,
                                                 sizeof(*communes->formers));
                communes->formers[communes->former_count++] = (struct former){cells[1], cells[2], cells[3]};
                return 0;
        default: return err_set(info, ERR_CONFIG, "a line that begins with \"%.1s\"", cells[0]);
        }
}

/* The cells of a line stay where it was read. */
static int read_cells(struct communes *communes, char *line, struct err_info *info)
{
        static const struct {
                char kind;
                size_t cells;
        } shapes[] = {{'V', 3}, {'D', 4}, {'E', 3}, {'C', 7}, {'F', 4}};
        char *cells[CELLS_MAX], *left = line, *cell;
        size_t count = 0;
        while (count < CELLS_MAX && (cell = strsep(&left, "\t")) != NULL)
                cells[count++] = cell;
        for (size_t i = 0; i < ARRAY_SIZE(shapes); i++)
                if (strlen(cells[0]) == 1 && shapes[i].kind == cells[0][0] &&
                    (shapes[i].cells != count || left != NULL))
                        return err_set(info, ERR_CONFIG, "%zu cells instead of %zu", count, shapes[i].cells);
        for (size_t i = count; i < CELLS_MAX; i++)
                cells[i] = (char *)"";
        return strlen(cells[0]) == 1 ? read_line(communes, cells, info)
                                     : err_set(info, ERR_CONFIG, "a line of no kind");
}

static int read_lines(struct communes *communes, FILE *file, const char *path, struct err_info *info)
{
        char *line = NULL;
        size_t room = 0;
        ssize_t size;
        int err = 0;
        for (size_t number = 1; err == 0 && (size = getline(&line, &room, file)) > 0; number++) {
                line[size - 1] = line[size - 1] == '\n' ? '\0' : line[size - 1];
                struct err_info why = {0};
                err = read_cells(communes, arena_text(&communes->arena, line), &why);
                if (err != 0)
                        (void)err_set(info, err, "%s, line %zu: %s; run scripts/geography again", path, number,
                                      why.text);
        }
        free(line);
        if (err == 0 && (communes->version == NULL || communes->count == 0))
                err = err_set(info, ERR_CONFIG, "%s: no communes in it; run scripts/geography again", path);
        return err;
}

/* ---- by code, by name */

static int by_code(const void *a, const void *b)
{
        return strcmp(((const struct commune *)a)->code, ((const struct commune *)b)->code);
}

static int by_former_code(const void *a, const void *b)
{
        return strcmp(((const struct former *)a)->code, ((const struct former *)b)->code);
}

const struct commune *communes_of_code(const struct communes *communes, const char *code)
{
        const struct commune wanted = {.code = code};
        const struct former was = {.code = code};
        const struct commune *commune = bsearch(&wanted, communes->communes, communes->count, sizeof(wanted), by_code);
        if (commune != NULL || communes->former_count == 0)
                return commune;
        const struct former *former =
                bsearch(&was, communes->formers, communes->former_count, sizeof(was), by_former_code);
        const struct commune now = {.code = former == NULL ? "" : former->today};
        return bsearch(&now, communes->communes, communes->count, sizeof(now), by_code);
}

static void index_names(struct communes *communes)
{
        qsort(communes->communes, communes->count, sizeof(*communes->communes), by_code);
        if (communes->former_count > 0)
                qsort(communes->formers, communes->former_count, sizeof(*communes->formers), by_former_code);
        communes->names = word_list_new(&communes->arena);
        for (size_t i = 0; i < communes->count; i++)
                word_list_add(communes->names, communes->communes[i].name, &communes->communes[i],
                              communes->communes[i].population);
        for (size_t i = 0; i < communes->former_count; i++) {
                const struct commune *today = communes_of_code(communes, communes->formers[i].code);
                if (today != NULL) /* less than the name of today */
                        word_list_add(communes->names, communes->formers[i].name, today, 0);
        }
        word_list_close(communes->names);
}

int communes_load(const char *path, struct communes **ret, struct err_info *info)
{
        FILE *file = fopen(path, "re");
        if (file == NULL)
                return err_set(info, errno == ENOENT ? ERR_NOT_FOUND : ERR_CONFIG, "%s: %s", path, strerror(errno));
        struct communes *communes = calloc(1, sizeof(*communes));
        require(communes != NULL);
        int err = read_lines(communes, file, path, info);
        (void)fclose(file);
        if (err != 0) {
                communes_free(communes);
                return err;
        }
        index_names(communes);
        *ret = communes;
        return 0;
}

void communes_free(struct communes *communes)
{
        if (communes == NULL)
                return;
        arena_fini(&communes->arena);
        free(communes);
}

const char *communes_version(const struct communes *communes)
{
        return communes->version;
}

const char *communes_source(const struct communes *communes)
{
        return communes->source;
}

/* ---- looking for */

static bool is_in(const void *territory, const void *commune)
{
        const char *wanted = territory;
        return wanted[0] == '\0' || strcmp(((const struct commune *)commune)->territory, wanted) == 0;
}

/* A code, or one of the postcodes, begins so. */
static bool is_numbered(const struct commune *commune, const char *digits)
{
        size_t size = strlen(digits);
        if (strncmp(commune->code, digits, size) == 0)
                return true;
        for (const char *at = commune->postcodes; at != NULL; at = strchr(at, ' ')) {
                at += *at == ' ' ? 1 : 0;
                if (strncmp(at, digits, size) == 0)
                        return true;
        }
        return false;
}

static bool is_number(const char *words)
{
        size_t size = strlen(words);
        return size >= 2 && size <= CODE_DIGITS && is_digit(words[0]) && is_digit(words[size - 1]);
}

void communes_find(const struct communes *communes, const char *words, const char *territory, size_t most,
                   struct best *ret)
{
        if (!is_number(words)) {
                const struct word_list_wish wish = {words, most, is_in, territory};
                word_list_find(communes->names, &wish, ret);
                return;
        }
        *ret = (struct best){.most = most < BEST_MAX ? most : BEST_MAX};
        for (size_t i = 0; i < communes->count; i++) {
                const struct commune *commune = &communes->communes[i];
                if (is_in(territory, commune) && is_numbered(commune, words))
                        best_offer(ret, &(struct offer){commune, commune->code, 0, 0});
        }
}
