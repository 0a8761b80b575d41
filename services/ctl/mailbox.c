#include "services/ctl/mailbox.h"

#include <dirent.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "common/base/arena.h"
#include "common/base/directory.h"
#include "common/base/text.h"

enum { MAIL_BYTES_MAX = 1 << 16, PATH_SIZE = 4096, HALF_DIGITS = 4 };

static bool read_mail(const char *path, char ret_mail[MAIL_BYTES_MAX])
{
        FILE *file = fopen(path, "re");
        if (file == NULL)
                return false;
        size_t size = fread(ret_mail, 1, MAIL_BYTES_MAX - 1, file);
        ret_mail[size] = '\0';
        return fclose(file) == 0;
}

/* The text of a mail of ours: after the blank line, in base64. NULL: it is not one. */
static const char *text_of(const char *mail, struct arena *arena)
{
        size_t size;
        const char *body = strstr(mail, "\r\n\r\n");
        if (body == NULL)
                body = strstr(mail, "\n\n");
        if (body == NULL)
                return NULL;
        char *text = arena_alloc(arena, strlen(body) + 1);
        if (sodium_base642bin((unsigned char *)text, strlen(body), body, strlen(body), "\r\n", &size, NULL,
                              sodium_base64_VARIANT_ORIGINAL) != 0)
                return NULL;
        text[size] = '\0';
        return text;
}

/* On a line of its own, in two halves: "    1234 5678". */
static bool code_of(const char *text, char ret_code[MAILBOX_CODE_SIZE])
{
        char first[HALF_DIGITS + 1], second[HALF_DIGITS + 1];
        for (const char *line = text; line != NULL; line = strchr(line + 1, '\n')) {
                int end = 0;
                if (sscanf(line, " %4[0-9] %4[0-9]%n", first, second, &end) != 2 || strlen(first) != HALF_DIGITS ||
                    strlen(second) != HALF_DIGITS || (line[end] != '\r' && line[end] != '\n'))
                        continue;
                (void)snprintf(ret_code, MAILBOX_CODE_SIZE, "%s%s", first, second);
                return true;
        }
        return false;
}

static bool is_newer(struct timespec a, struct timespec b)
{
        return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

bool mailbox_find_code(const char *maildir, const char *address, char ret_code[MAILBOX_CODE_SIZE])
{
        scoped(arena_fini) struct arena arena = {0};
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/new", maildir);
        scoped(close_directory) DIR *directory = opendir(path);
        char *mail = arena_alloc(&arena, MAIL_BYTES_MAX);
        const char *to = arena_printf(&arena, "\nTo: <%s>", address);
        struct timespec newest = {0};
        bool found = false;
        for (const struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
                struct stat facts;
                char code[MAILBOX_CODE_SIZE];
                (void)snprintf(path, sizeof(path), "%s/new/%s", maildir, entry->d_name);
                if (entry->d_name[0] == '.' || stat(path, &facts) != 0 || (found && !is_newer(facts.st_mtim, newest)) ||
                    !read_mail(path, mail) || strstr(mail, to) == NULL)
                        continue;
                const char *text = text_of(mail, &arena);
                if (text == NULL || !code_of(text, code))
                        continue;
                (void)snprintf(ret_code, MAILBOX_CODE_SIZE, "%s", code);
                newest = facts.st_mtim;
                found = true;
        }
        return found;
}
