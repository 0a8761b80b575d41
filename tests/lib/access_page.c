#include "tests/lib/access_page.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/path.h"

enum { LINE_SIZE = 8192, COLUMNS = 10, FIRST_ROLE = 1, NAME_SIZE = 128 };

static json_t *methods, *messages;

static void put(json_t *object, const char *name, json_t *value)
{
        require(json_object_set_new(object, name, value) == 0);
}

/* The next text in `…` of a line, behind *at; false: there is none. */
static bool next_name(const char **at, char ret[NAME_SIZE])
{
        const char *begin = strchr(*at, '`'), *end = begin == NULL ? NULL : strchr(begin + 1, '`');
        if (end == NULL || (size_t)(end - begin) > NAME_SIZE)
                return false;
        (void)snprintf(ret, NAME_SIZE, "%.*s", (int)(end - begin - 1), begin + 1);
        *at = end + 1;
        return true;
}

static uint32_t roles_in(const char *text)
{
        static const char *const names[COLUMNS] = {"facilitator", "coordinator",    "buyer",   "company",
                                                   "structure",   "prescriber",     "auditor", "operator",
                                                   "service",     "data_protection"};
        uint32_t roles = 0;
        for (unsigned i = 0; i < COLUMNS; i++)
                if (strstr(text, names[i]) != NULL)
                        roles |= 1u << (FIRST_ROLE + i);
        return roles;
}

/* | `contracts.Needs` | `contracts.NeedsRequest` | `contracts.NeedsReply` | facilitator, … | */
static void read_method(const char *line)
{
        char name[NAME_SIZE], input[NAME_SIZE], output[NAME_SIZE];
        if (!next_name(&line, name) || !next_name(&line, input) || !next_name(&line, output))
                return;
        put(methods, name,
            json_pack("{s:s, s:s, s:I}", "input", input, "output", output, "roles", (json_int_t)roles_in(line)));
        require(json_object_get(json_object_get(methods, name), "roles") != NULL);
}

/* | R | RG | … | `title`, `conditions` → `contracts.NeedConditions` | : a column for each role, in their order. */
static void read_fields(json_t *message, const char *line)
{
        uint32_t readers = 0, givers = 0;
        char name[NAME_SIZE], inside[NAME_SIZE], spelled[PATH_NAME_SIZE];
        for (unsigned i = 0; i < COLUMNS; i++) {
                const char *end = strchr(line + 1, '|');
                require(end != NULL);
                for (; line < end; line++) {
                        readers |= *line == 'R' ? 1u << (FIRST_ROLE + i) : 0;
                        givers |= *line == 'G' ? 1u << (FIRST_ROLE + i) : 0;
                }
        }
        while (next_name(&line, name)) {
                json_t *field = json_pack("{s:I, s:I}", "readers", (json_int_t)readers, "givers", (json_int_t)givers);
                if (strncmp(line, " → ", strlen(" → ")) == 0) {
                        require(next_name(&line, inside));
                        put(field, "inside", json_string(inside));
                }
                path_json_name(name, spelled);
                put(message, spelled, field);
        }
}

void access_page_read(void)
{
        char line[LINE_SIZE], name[NAME_SIZE];
        json_t *message = NULL;
        FILE *file = fopen("docs/ACCESS.md", "re");
        require(file != NULL);
        methods = json_object();
        messages = json_object();
        while (fgets(line, sizeof(line), file) != NULL) {
                const char *at = line;
                require(strchr(line, '\n') != NULL);
                if (strncmp(line, "**`", 3) == 0 && next_name(&at, name)) {
                        message = json_object();
                        put(messages, name, message);
                } else if (strncmp(line, "## ", 3) == 0) {
                        message = NULL;
                        if (strcmp(line, "## Own words\n") == 0)
                                break;
                } else if (message != NULL && line[0] == '|' && strchr(line, '`') != NULL) {
                        read_fields(message, line);
                } else if (message == NULL && line[0] == '|') {
                        read_method(line);
                }
        }
        (void)fclose(file);
        require(json_object_size(methods) > 0 && json_object_size(messages) > 0);
}

void access_page_end(void)
{
        json_decref(methods);
        json_decref(messages);
}

const json_t *access_page_methods(void)
{
        return methods;
}

const json_t *access_page_message(const char *name)
{
        static json_t *nothing; /* a message without fields is not on the page */
        const json_t *found = json_object_get(messages, name);
        if (nothing == NULL)
                nothing = json_object();
        return found != NULL ? found : nothing;
}

struct page_field access_page_field(const json_t *field)
{
        return (struct page_field){(uint32_t)json_integer_value(json_object_get(field, "readers")),
                                   (uint32_t)json_integer_value(json_object_get(field, "givers")),
                                   json_string_value(json_object_get(field, "inside"))};
}

size_t access_page_cells(const char *message)
{
        const char *name;
        json_t *field;
        size_t sum = 0;
        json_object_foreach ((json_t *)(uintptr_t)access_page_message(message), name, field) {
                const char *inside = access_page_field(field).inside;
                sum += 1 + (inside == NULL ? 0 : access_page_cells(inside));
        }
        return sum;
}
