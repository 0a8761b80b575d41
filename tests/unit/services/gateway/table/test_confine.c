/* What a confined process cannot do any more, tried by children that confine themselves. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "services/gateway/table/confine.h"

static bool files_closed;
static struct confine_places places;

/* The exit code of a child that is confined and then does it; 99: it could not be confined. */
static int confined(int (*act)(void))
{
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0)
                _exit(confine(&places, &files_closed) != 0 ? 99 : act());
        int status;
        assert_int_equal(waitpid(child, &status, 0), child);
        return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int count_descriptors(void)
{
        int open_ones = 0;
        for (int fd = 0; fd < 256; fd++)
                open_ones += fcntl(fd, F_GETFD) >= 0;
        return open_ones;
}

static void no_descriptor_is_left(void **state)
{
        (void)state;
        int fd = open("/dev/null", O_RDONLY); /* not closed on exec either */
        assert_true(fd >= 0);
        assert_int_equal(confined(count_descriptors), 3);
        assert_int_equal(close(fd), 0);
}

static int check_bounds(void)
{
        struct rlimit limit;
        if (getrlimit(RLIMIT_CPU, &limit) != 0 || limit.rlim_cur != CONFINE_CPU_S)
                return 1;
        if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_max != (rlim_t)CONFINE_FILE_MIB << 20)
                return 2;
        if (getrlimit(RLIMIT_CORE, &limit) != 0 || limit.rlim_max != 0)
                return 3;
#ifndef GUICHET_SANITIZED
        if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_max != (rlim_t)CONFINE_MEMORY_MIB << 20)
                return 4;
#endif
        return 0;
}

static void time_memory_and_files_are_bound(void **state)
{
        (void)state;
        assert_int_equal(confined(check_bounds), 0);
}

#ifndef GUICHET_SANITIZED

static int reach_others(void)
{
        if (socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM)
                return 1;
        if (socket(AF_UNIX, SOCK_DGRAM, 0) >= 0 || errno != EPERM)
                return 2;
        if (syscall(SYS_kill, getppid(), 0) == 0 || errno != EPERM)
                return 3;
        return 0;
}

static void nobody_else_is_reached(void **state)
{
        (void)state;
        assert_int_equal(confined(reach_others), 0);
}

/* 0: as it should be; 77: this kernel has no Landlock. */
static int open_files(void)
{
        if (!files_closed)
                return 77;
        if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0 || errno != EACCES)
                return 1;
        if (open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC) >= 0 || errno != EACCES)
                return 2;
        if (open("/tmp/guichet-confined", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0 || errno != EACCES)
                return 3;
        return open("/usr/bin/env", O_RDONLY | O_CLOEXEC) >= 0 ? 0 : 4; /* programs are there */
}

static char room[] = "/tmp/guichet-room-XXXXXX", file_in_room[sizeof(room) + 8];

/* A room of its own may be written in, and what else was given read; nothing beside them. */
static int use_room(void)
{
        if (!files_closed)
                return 77;
        if (open(file_in_room, O_RDWR | O_CREAT | O_CLOEXEC, 0600) < 0 || unlink(file_in_room) != 0)
                return 1;
        if (open("/tmp/guichet-confined", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) >= 0 || errno != EACCES)
                return 2;
        if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0)
                return 3;
        return open("/etc/hosts", O_RDONLY | O_CLOEXEC) >= 0 ? 4 : 0;
}

static void a_room_and_what_is_given_besides(void **state)
{
        static const char *const readable[] = {"/etc/passwd", NULL};
        (void)state;
        assert_non_null(mkdtemp(room));
        (void)snprintf(file_in_room, sizeof(file_in_room), "%s/file", room);
        places = (struct confine_places){readable, room};
        int code = confined(use_room);
        places = (struct confine_places){0};
        assert_int_equal(rmdir(room), 0);
        if (code == 77)
                skip();
        assert_int_equal(code, 0);
}

static void no_file_is_opened(void **state)
{
        (void)state;
        int code = confined(open_files);
        if (code == 77)
                skip();
        assert_int_equal(code, 0);
}

#endif

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(no_descriptor_is_left),
                cmocka_unit_test(time_memory_and_files_are_bound),
#ifndef GUICHET_SANITIZED
                cmocka_unit_test(nobody_else_is_reached),
                cmocka_unit_test(no_file_is_opened),
                cmocka_unit_test(a_room_and_what_is_given_besides),
#endif
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
