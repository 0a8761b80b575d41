#include "services/gateway/passwords/weakness.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"
#include "common/base/text.h"

enum { FILE_BYTES_MAX = 4 * 1024 * 1024, LETTERS_FEW = 4, DIFFERENT_MIN = 5 };

/* ---- the commonest */

struct commonest {
        char *text; /* lines, each ended by a zero byte */
        const char **lines;
        size_t count;
};

static void close_file(FILE **file)
{
        if (*file != NULL)
                (void)fclose(*file);
}

static char *read_whole(const char *path, size_t *ret_size)
{
        scoped(close_file) FILE *file = fopen(path, "re");
        char *text = file == NULL ? NULL : malloc(FILE_BYTES_MAX + 1);
        if (text == NULL)
                return NULL;
        *ret_size = fread(text, 1, FILE_BYTES_MAX, file);
        text[*ret_size] = '\0';
        return text;
}

static int by_text(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct commonest *commonest_load(const char *path)
{
        size_t size, room = 0;
        char *text = read_whole(path, &size);
        if (text == NULL)
                return NULL;
        struct commonest *commonest = calloc(1, sizeof(*commonest));
        require(commonest != NULL);
        commonest->text = text;
        for (size_t i = 0; i < size; i++)
                room += text[i] == '\n';
        commonest->lines = calloc(room + 1, sizeof(*commonest->lines));
        require(commonest->lines != NULL);
        for (char *save = NULL, *line = strtok_r(text, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save))
                commonest->lines[commonest->count++] = line;
        qsort(commonest->lines, commonest->count, sizeof(*commonest->lines), by_text);
        return commonest;
}

void commonest_free(struct commonest *commonest)
{
        if (commonest == NULL)
                return;
        free(commonest->lines);
        free(commonest->text);
        free(commonest);
}

size_t commonest_count(const struct commonest *commonest)
{
        return commonest->count;
}

static bool is_common(const struct commonest *commonest, const char *text)
{
        return commonest != NULL &&
               bsearch(&text, commonest->lines, commonest->count, sizeof(*commonest->lines), by_text) != NULL;
}

/* ---- one */

static bool is_letter(char c)
{
        return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Without what people put around a word: "!!Bonjour2026" is "bonjour". */
static void strip(const char *password, char ret[PASSWORD_BYTES_MAX + 1])
{
        size_t begin = 0, end = strlen(password);
        while (begin < end && !is_letter(password[begin]))
                begin++;
        while (end > begin && !is_letter(password[end - 1]))
                end--;
        for (size_t i = begin; i < end; i++)
                ret[i - begin] = (char)tolower((unsigned char)password[i]);
        ret[end - begin] = '\0';
}

static size_t different(const char *password)
{
        bool seen[256] = {false};
        size_t count = 0;
        for (const unsigned char *at = (const unsigned char *)password; *at != '\0'; at++) {
                count += !seen[*at];
                seen[*at] = true;
        }
        return count;
}

/* The parts of a name like marie.dupont@example.org that say something. */
static bool holds_name(const char *stripped, const char *account_name)
{
        char lower[128];
        size_t length = 0;
        for (const char *at = account_name; *at != '\0' && *at != '@' && length + 1 < sizeof(lower); at++)
                lower[length++] = (char)tolower((unsigned char)*at);
        lower[length] = '\0';
        return length >= LETTERS_FEW && strstr(stripped, lower) != NULL;
}

/* tidy: the rows of one answer */
const char *password_weakness(const struct commonest *commonest, const char *password, const char *account_name)
{
        char lower[PASSWORD_BYTES_MAX + 1], core[PASSWORD_BYTES_MAX + 1];
        size_t size = strlen(password);
        if (size > PASSWORD_BYTES_MAX)
                return "Ce mot de passe est trop long : 512 octets au plus.";
        if (!utf8_valid(password, size))
                return "Ce mot de passe ne s'écrit pas en caractères lisibles : choisissez-en un autre.";
        if (utf8_length(password) < PASSWORD_CHARACTERS_MIN)
                return "Ce mot de passe est trop court : 12 caractères au moins. Quelques mots sans lien entre eux se "
                       "retiennent bien.";
        if (different(password) < DIFFERENT_MIN)
                return "Ce mot de passe répète trop peu de caractères : choisissez quelques mots sans lien entre eux.";
        for (size_t i = 0; i <= size; i++)
                lower[i] = (char)tolower((unsigned char)password[i]);
        strip(password, core);
        if (strlen(core) <= LETTERS_FEW || is_common(commonest, lower) || is_common(commonest, core))
                return "Ce mot de passe est de ceux que l'on essaie en premier : choisissez quelques mots sans lien "
                       "entre eux.";
        if (holds_name(lower, account_name))
                return "Ce mot de passe contient le nom du compte : choisissez quelques mots sans lien entre eux.";
        return NULL;
}
