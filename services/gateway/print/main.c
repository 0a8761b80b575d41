/* guichet-print FORM: the HTML on standard input, a document that a daemon worded and common/texts/document.h wrote, as
 * a file of that form ("pdf", "odt") on standard output, by a program of the system. Started by the gateway
 * (front/children.h) with nothing but the HTML; that program is bound before it begins (table/confine.h): besides the
 * system's own files it has the fonts, and a directory for what it must write on its way. Exit code 0: it is; anything
 * else: what it says counts for nothing. */
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/texts/document.h"
#include "services/gateway/table/confine.h"

enum { DONE = 0, UNABLE = 2 };

/* Instead of this process; returns only where it cannot. */
static void become(const struct document_form *form, const char *room)
{
        static const char *const fonts[] = {"/etc/fonts", "/var/cache/fontconfig", NULL};
        const struct confine_places places = {fonts, room};
        bool closed;
        if (setenv("TMPDIR", room, 1) != 0 || setenv("HOME", room, 1) != 0 || confine(&places, &closed) != 0)
                return;
        (void)execvp(form->command[0], (char **)(uintptr_t)form->command);
}

static int print_form(const struct document_form *form, const char *room)
{
        int status = -1;
        pid_t child = fork();
        if (child == 0) {
                become(form, room);
                _exit(UNABLE);
        }
        if (child < 0 || waitpid(child, &status, 0) != child)
                return UNABLE;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? DONE : UNABLE;
}

int main(int argc, char **argv)
{
        const struct document_form *form = argc == 2 ? document_form_of(argv[1]) : NULL;
        char room[] = "/tmp/guichet-print-XXXXXX";
        if (form == NULL || form->command == NULL || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || mkdtemp(room) == NULL)
                return UNABLE;
        int code = print_form(form, room);
        (void)rmdir(room); /* what the program wrote in it, it took away itself */
        return code;
}
