#include "services/gateway/table/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "common/base/attr.h"
#include "common/base/slice.h"

static int bound(__rlimit_resource_t what, rlim_t most)
{
        const struct rlimit limit = {most,
                                     what == RLIMIT_CPU ? most + 1 : most}; /* SIGXCPU before SIGKILL: it says why */
        return setrlimit(what, &limit) == 0 ? 0 : -errno;
}

static int set_bounds(void)
{
        const struct {
                __rlimit_resource_t what;
                rlim_t most;
        } rows[] = {
                {RLIMIT_CPU, CONFINE_CPU_S},
                {RLIMIT_FSIZE, (rlim_t)CONFINE_FILE_MIB << 20},
                {RLIMIT_NOFILE, CONFINE_DESCRIPTORS},
                {RLIMIT_CORE, 0},
#ifndef GUICHET_SANITIZED
                {RLIMIT_AS, (rlim_t)CONFINE_MEMORY_MIB << 20},
#endif
        };
        int err = 0;
        for (size_t i = 0; i < ARRAY_SIZE(rows) && err == 0; i++)
                err = bound(rows[i].what, rows[i].most);
        return err;
}

#ifndef GUICHET_SANITIZED

#ifdef __x86_64__
#define THIS_MACHINE AUDIT_ARCH_X86_64
#else
#define THIS_MACHINE AUDIT_ARCH_AARCH64
#endif

/* What reaches other processes or the network. */
static const uint32_t refused_calls[] = {
        SYS_socket,
        SYS_socketpair,
        SYS_connect,
        SYS_kill,
        SYS_tkill,
        SYS_pidfd_open,
        SYS_pidfd_send_signal,
        SYS_pidfd_getfd,
        SYS_ptrace,
        SYS_process_vm_readv,
        SYS_process_vm_writev,
        SYS_io_uring_setup,
        SYS_unshare,
        SYS_setns,
        SYS_mount,
        SYS_bpf,
        SYS_perf_event_open,
        SYS_userfaultfd,
        SYS_keyctl,
        SYS_add_key,
        SYS_tgkill,
        SYS_rt_sigqueueinfo,
        SYS_rt_tgsigqueueinfo,
};

/* Each of them is EPERM, as are those of the other machine that the kernel also runs (x32). */
static int refuse_calls(void)
{
        enum { BEFORE = 4, COUNT = ARRAY_SIZE(refused_calls) };
        struct sock_filter code[BEFORE + COUNT + 2] = {
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
                BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_MACHINE, 0, COUNT + 3),
                BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
                BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, COUNT + 1, 0),
        };
        for (uint8_t i = 0; i < COUNT; i++)
                code[BEFORE + i] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, refused_calls[i],
                                                                (uint8_t)(COUNT - i), 0);
        code[BEFORE + COUNT] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
        code[BEFORE + COUNT + 1] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
        const struct sock_fprog program = {.len = ARRAY_SIZE(code), .filter = code};
        return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0 ? 0 : -errno;
}

/* What programs and libraries of the system need, and the language's own files. What is not there is left out. */
static const char *const open_places[] = {
        "/usr", "/bin", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom",
};

static void open_place(int rules, const char *path)
{
        const uint64_t of_directory =
                LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
        const uint64_t of_file = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE;
        int fd = open(path, O_PATH | O_CLOEXEC);
        if (fd < 0)
                return;
        struct landlock_path_beneath_attr place = {.allowed_access = of_directory, .parent_fd = fd};
        if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &place, 0) != 0) {
                place.allowed_access = of_file; /* it is no directory */
                (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &place, 0);
        }
        (void)close(fd);
}

static void open_room(int rules, const char *path)
{
        const uint64_t all = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;
        const uint64_t never = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_MAKE_SOCK |
                               LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                               LANDLOCK_ACCESS_FS_MAKE_BLOCK;
        int fd = open(path, O_PATH | O_CLOEXEC);
        if (fd < 0)
                return;
        const struct landlock_path_beneath_attr place = {.allowed_access = all & ~never, .parent_fd = fd};
        (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &place, 0);
        (void)close(fd);
}

/* False: this kernel has no Landlock, or was started without. */
static bool close_files(const struct confine_places *places)
{
        const struct landlock_ruleset_attr all = {.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
        int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof(all), 0);
        if (rules < 0)
                return false;
        for (size_t i = 0; i < ARRAY_SIZE(open_places); i++)
                open_place(rules, open_places[i]);
        for (size_t i = 0; places->readable != NULL && places->readable[i] != NULL; i++)
                open_place(rules, places->readable[i]);
        if (places->room != NULL)
                open_room(rules, places->room);
        bool done = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
        (void)close(rules);
        return done;
}

#endif

int confine(const struct confine_places *places, bool *ret_files_closed)
{
        (void)places; /* under a sanitizer files stay open */
        *ret_files_closed = false;
        if (close_range(STDERR_FILENO + 1, ~0U, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
            prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
                return -errno;
        int err = set_bounds();
#ifndef GUICHET_SANITIZED
        *ret_files_closed = close_files(places);
        if (err == 0)
                err = refuse_calls();
#endif
        return err;
}
