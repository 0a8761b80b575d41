#include "services/ctl/options.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/base/text.h"

static void ATTR_FORMAT(1, 0) say(const char *format, va_list args)
{
        (void)fputs("guichetctl : ", stderr);
        (void)vfprintf(stderr, format, args);
        (void)fputc('\n', stderr);
}

static int failure = CTL_FAILED; /* of this process, whose one verb it is */

int failed_as(int code)
{
        failure = code;
        return CTL_FAILED;
}

int failure_code(void)
{
        return failure;
}

int complain(const char *format, ...)
{
        va_list args;
        va_start(args, format);
        say(format, args);
        va_end(args);
        return CTL_FAILED;
}

int misused(const struct verb *verb, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        say(format, args);
        va_end(args);
        (void)fprintf(stderr, "Voir « guichetctl %s --help ».\n", verb->name);
        return CTL_MISUSED;
}

const char *hint_or_stop(const struct nearest *nearest, char ret_hint[NEAREST_HINT_SIZE])
{
        (void)nearest_hint(nearest, ret_hint);
        return ret_hint[0] != '\0' ? ret_hint : ".";
}

static const struct option_row *find(const struct options *options, const char *name)
{
        for (size_t i = 0; i < options->count; i++)
                if (strcmp(options->rows[i].name, name) == 0)
                        return &options->rows[i];
        return NULL;
}

/* How many arguments the option at argv[0] takes up; -1 after a complaint. */
static int take_option(const struct verb *verb, const struct options *options, int argc, char **argv)
{
        const struct option_row *row = find(options, argv[0]);
        if (row == NULL) {
                char hint[NEAREST_HINT_SIZE];
                struct nearest nearest = nearest_of(argv[0]);
                for (size_t i = 0; i < options->count; i++)
                        nearest_try(&nearest, options->rows[i].name);
                (void)misused(verb, "option inconnue « %s »%s", argv[0], hint_or_stop(&nearest, hint));
                return -1;
        }
        if (row->flag != NULL) {
                *row->flag = true;
                return 1;
        }
        if (argc < 2) {
                (void)misused(verb, "l'option « %s » attend une valeur.", argv[0]);
                return -1;
        }
        if (row->text != NULL)
                *row->text = argv[1];
        else if (text_to_u64(argv[1], row->number_max, row->number) != 0) {
                (void)misused(verb, "« %s %s » : il faut un nombre entier, au plus %llu.", argv[0], argv[1],
                              (unsigned long long)row->number_max);
                return -1;
        }
        return 2;
}

int options_parse(const struct verb *verb, const struct options *options, int argc, char **argv)
{
        int words = 0;
        for (int i = 0; i < argc;) {
                if (argv[i][0] != '-' || argv[i][1] == '\0') {
                        argv[words++] = argv[i++];
                        continue;
                }
                int taken = take_option(verb, options, argc - i, argv + i);
                if (taken < 0)
                        return -1;
                i += taken;
        }
        if (words < options->words_min) {
                (void)misused(verb, "il manque un argument.");
                return -1;
        }
        if (words > options->words_max) {
                (void)misused(verb, "« %s » est de trop.", argv[options->words_max]);
                return -1;
        }
        return words;
}
