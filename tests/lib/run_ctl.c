#include "tests/lib/run_ctl.h"

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/require.h"

enum { OUTPUT_SIZE = 1 << 20, WORDS_MAX = 32, PATH_SIZE = 4352 };

static char output[OUTPUT_SIZE];

pid_t ctl_start(const char *directory, const char *const *words, int fd)
{
        char path[PATH_SIZE];
        const char *bin = getenv("GUICHET_BIN");
        const char *argv[WORDS_MAX] = {path};
        size_t count = 1;
        (void)snprintf(path, sizeof(path), "%s/guichetctl", bin != NULL ? bin : "build/dev/bin");
        for (; *words != NULL && count < WORDS_MAX - 3; words++)
                argv[count++] = *words;
        require(*words == NULL);
        argv[count++] = "--dir";
        argv[count] = directory;

        pid_t pid = fork();
        require(pid >= 0);
        if (pid > 0)
                return pid;
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* a test that aborts leaves nothing behind */
        (void)dup2(fd, STDOUT_FILENO);
        (void)dup2(fd, STDERR_FILENO);
        (void)execv(path, (char **)(uintptr_t)argv);
        perror(path);
        _exit(127);
}

int ctl_run(const char *directory, const char *const *words)
{
        int status;
        int fd = memfd_create("output", MFD_CLOEXEC);
        require(fd >= 0);
        pid_t pid = ctl_start(directory, words, fd);
        require(waitpid(pid, &status, 0) == pid);
        ssize_t size = pread(fd, output, OUTPUT_SIZE - 1, 0);
        require(size >= 0);
        output[size] = '\0';
        (void)close(fd);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

const char *ctl_output(void)
{
        return output;
}

void ctl_done(int code)
{
        if (code == 0)
                return;
        (void)fprintf(stderr, "code %d: %s\n", code, output);
        require_failed("guichetctl ends with 0", __FILE__, __LINE__, __func__);
}

void ctl_said(const char *text)
{
        if (strstr(output, text) != NULL)
                return;
        (void)fprintf(stderr, "\"%s\" is not in: %s\n", text, output);
        require_failed("guichetctl says what is expected", __FILE__, __LINE__, __func__);
}

void ctl_refused(int code, const char *why)
{
        enum { REFUSED = 3, NOT_FOUND = 4 }; /* exit codes of guichetctl */
        if (code == REFUSED || code == NOT_FOUND) {
                ctl_said(why);
                return;
        }
        (void)fprintf(stderr, "code %d: %s\n", code, output);
        require_failed("guichetctl ends with a refusal", __FILE__, __LINE__, __func__);
}
