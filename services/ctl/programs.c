#include "services/ctl/programs.h"

#include <libgen.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "services/ctl/options.h"

int program_run(const char *const *argv, int out_fd)
{
        extern char **environ;
        posix_spawn_file_actions_t actions;
        pid_t pid;
        int status;

        if (posix_spawn_file_actions_init(&actions) != 0)
                return -1;
        int err = posix_spawn_file_actions_adddup2(&actions, out_fd, STDOUT_FILENO);
        if (err == 0)
                err = posix_spawnp(&pid, argv[0], &actions, NULL, (char **)(uintptr_t)argv, environ);
        (void)posix_spawn_file_actions_destroy(&actions);
        if (err != 0) {
                (void)complain("%s : %s.", argv[0], strerror(err));
                return -1;
        }
        while (waitpid(pid, &status, 0) < 0)
                ; /* interrupted by a signal */
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool program_directory(char *ret_path, size_t size)
{
        ssize_t length = readlink("/proc/self/exe", ret_path, size - 1);
        if (length < 0)
                return false;
        ret_path[length] = '\0';
        const char *directory = dirname(ret_path);
        memmove(ret_path, directory, strlen(directory) + 1);
        return true;
}
