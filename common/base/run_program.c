#include "common/base/run_program.h"

#include <spawn.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

static int start(const char *const *argv, int in_fd, int out_fd, pid_t *ret)
{
        extern char **environ;
        posix_spawn_file_actions_t actions;
        int err = posix_spawn_file_actions_init(&actions);
        if (err != 0)
                return err;
        if (in_fd >= 0)
                err = posix_spawn_file_actions_adddup2(&actions, in_fd, STDIN_FILENO);
        if (err == 0 && out_fd >= 0)
                err = posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
        if (err == 0)
                err = posix_spawnp(ret, argv[0], &actions, NULL, (char **)(uintptr_t)argv, environ);
        (void)posix_spawn_file_actions_destroy(&actions);
        return err;
}

int run_program(const char *const *argv, int in_fd, int out_fd)
{
        pid_t pid;
        int status;
        int err = start(argv, in_fd, out_fd, &pid);
        if (err != 0)
                return -err;
        while (waitpid(pid, &status, 0) < 0)
                ; /* interrupted by a signal */
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
