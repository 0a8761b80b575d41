#include "services/ctl/programs.h"

#include <libgen.h>
#include <string.h>
#include <unistd.h>

#include "common/base/run_program.h"
#include "services/ctl/options.h"

int program_run(const char *const *argv, int out_fd)
{
        int code = run_program(argv, -1, out_fd);
        if (code >= 0)
                return code;
        (void)complain("%s : %s.", argv[0], strerror(-code));
        return -1;
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
