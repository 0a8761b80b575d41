#include "services/ctl/print_document.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/texts/document.h"
#include "services/ctl/options.h"

extern char **environ;

static const struct document_form *form_of(const char *out)
{
        const char *point = strrchr(out, '.');
        return point == NULL ? NULL : document_form_of(point + 1);
}

bool document_wish_holds(const struct document_wish *wish)
{
        if (wish->out == NULL || form_of(wish->out) != NULL)
                return true;
        (void)complain("« --out %s » : un document s'écrit dans un fichier .txt, .html, .pdf ou .odt.", wish->out);
        return false;
}

static int write_text(const char *text, const char *out)
{
        FILE *file = fopen(out, "we");
        bool done = file != NULL && fputs(text, file) >= 0;
        if (file != NULL && fclose(file) != 0)
                done = false;
        return done ? CTL_DONE : complain("%s : %s.", out, strerror(errno));
}

/* The program between two files: 0, or -errno where it could not be started; *ret_status as waitpid() tells it. */
static int run_between(const struct document_form *form, int in, int out, int *ret_status)
{
        posix_spawn_file_actions_t actions;
        pid_t child;
        int err = posix_spawn_file_actions_init(&actions);
        if (err != 0)
                return -err;
        if (posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO) != 0 ||
            posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) != 0)
                err = ENOMEM;
        if (err == 0)
                err = posix_spawnp(&child, form->command[0], &actions, NULL, (char **)(uintptr_t)form->command,
                                   environ);
        (void)posix_spawn_file_actions_destroy(&actions);
        if (err != 0)
                return -err;
        return waitpid(child, ret_status, 0) == child ? 0 : -errno;
}

static int make(const struct document_form *form, int in, int out, const char *path)
{
        int status = 0;
        int err = run_between(form, in, out, &status);
        if (err == -ENOENT)
                return complain("%s n'est pas installé : installez le paquet Debian du même nom, ou demandez .html.",
                                form->command[0]);
        if (err != 0)
                return complain("%s : %s.", form->command[0], strerror(-err));
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
                return complain("%s : %s n'a pas pu l'écrire.", path, form->command[0]);
        return CTL_DONE;
}

static int write_by_program(const struct document_form *form, const char *html, const char *path)
{
        int in = memfd_create("document", MFD_CLOEXEC), code;
        size_t size = strlen(html);
        int out = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (in < 0 || out < 0 || write(in, html, size) != (ssize_t)size || lseek(in, 0, SEEK_SET) != 0)
                code = complain("%s : %s.", path, strerror(errno));
        else
                code = make(form, in, out, path);
        if (out >= 0 && close(out) != 0 && code == CTL_DONE)
                code = complain("%s : %s.", path, strerror(errno));
        if (in >= 0)
                (void)close(in);
        if (out >= 0 && code != CTL_DONE)
                (void)unlink(path);
        return code;
}

/* The text on standard output; beside it, and no part of it, what who signs must know. */
static int tell_document(const struct document *document, const struct document_wish *wish, struct arena *arena)
{
        for (size_t i = 0; i < document->to_confirm_count && !wish->is_final; i++)
                (void)fprintf(stderr, "À confirmer avant de signer : %s\n", document->to_confirm[i]);
        return fputs(document_text(document, false, arena), stdout) >= 0 ? CTL_DONE : CTL_FAILED;
}

int print_document(const ProtobufCMessage *reply, const struct document_wish *wish)
{
        scoped(arena_fini) struct arena arena = {0};
        const struct document_form *form = document_form_of("txt");
        struct document document;
        if (!document_of_reply(reply, &document))
                return complain("il n'y a pas encore de document : ce qui vient avant n'est pas fait.");
        if (wish->out != NULL)
                form = form_of(wish->out);
        if (form == NULL)
                return CTL_MISUSED;
        if (wish->out == NULL)
                return tell_document(&document, wish, &arena);
        const char *text = form->write(&document, !wish->is_final, &arena);
        int code = form->command == NULL ? write_text(text, wish->out) : write_by_program(form, text, wish->out);
        if (code == CTL_DONE)
                (void)printf("%s écrit%s.\n", wish->out,
                             document.to_confirm_count == 0 ? ""
                             : wish->is_final               ? ", sans sa feuille de ce qui est à confirmer"
                                                            : ", avec sa feuille de ce qui est à confirmer");
        return code;
}
