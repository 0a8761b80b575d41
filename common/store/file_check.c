#include "common/store/file_check.h"

#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/base/attr.h"

/* The first two pages of a file of LMDB 0.9, as mdb.c lays them out on a machine of 64 bits. */
struct meta_page {
        uint64_t number;
        uint16_t unused, flags;
        uint32_t bounds;
        uint32_t magic, version;
        uint64_t address, map_bytes;
        struct {
                uint32_t page_bytes;
                uint16_t flags, depth;
                uint64_t branch_pages, leaf_pages, overflow_pages, entries, root;
        } trees[2];
        uint64_t last_page, transaction;
};
enum { META_MAGIC = (int)0xBEEFC0DE, META_FLAG = 0x08, TABLES_MAX = 128, LOOK_MS = 100 };

static int damaged(struct err_info *info, const char *directory, const char *how)
{
        return err_set(
                info, ERR_STORE,
                "store %s is damaged: %s. Nothing was changed. Put it back from a backup (guichetctl restore --help), "
                "and look after the disk",
                directory, how);
}

static void close_file(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

/* The newer of the two that are whole: LMDB writes them in turn. False: none is. */
static bool newest_meta(int fd, struct meta_page *ret)
{
        bool found = false;
        off_t at = 0;
        for (int i = 0; i < 2; i++) {
                struct meta_page meta;
                if (pread(fd, &meta, sizeof(meta), at) != (ssize_t)sizeof(meta))
                        break;
                bool whole = (meta.flags & META_FLAG) != 0 && meta.magic == (uint32_t)META_MAGIC && meta.version == 1;
                if (whole && (!found || meta.transaction > ret->transaction)) {
                        *ret = meta;
                        found = true;
                }
                at = whole && meta.trees[0].page_bytes >= 512 ? (off_t)meta.trees[0].page_bytes
                                                              : (off_t)sysconf(_SC_PAGESIZE);
        }
        return found;
}

static int64_t now_ms(void)
{
        struct timespec now;
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Every byte of a table's rows, until the time is up. 0, or what LMDB says. */
static int read_table(MDB_txn *txn, MDB_dbi table, int64_t until_ms)
{
        MDB_cursor *cursor;
        MDB_val key, value;
        int code = mdb_cursor_open(txn, table, &cursor);
        while (code == 0 && now_ms() < until_ms && (code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
                for (size_t i = 0; i < value.mv_size; i += 512)
                        (void)((const volatile uint8_t *)value.mv_data)[i];
                for (size_t i = 0; i < key.mv_size; i++)
                        (void)((const volatile uint8_t *)key.mv_data)[i];
        }
        return code == MDB_NOTFOUND ? 0 : code;
}

static int read_tables(MDB_env *env, int64_t until_ms)
{
        MDB_dbi names, table;
        MDB_cursor *cursor;
        MDB_val key, value;
        MDB_txn *txn = NULL;
        int code = mdb_txn_begin(env, NULL, MDB_RDONLY, &txn);
        while (code == MDB_MAP_RESIZED && mdb_env_set_mapsize(env, 0) == 0) /* its daemon runs, and it has grown */
                code = mdb_txn_begin(env, NULL, MDB_RDONLY, &txn);
        if (code == 0)
                code = mdb_dbi_open(txn, NULL, 0, &names);
        if (code == 0)
                code = mdb_cursor_open(txn, names, &cursor);
        while (code == 0 && (code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
                char name[128];
                (void)snprintf(name, sizeof(name), "%.*s", (int)key.mv_size, (const char *)key.mv_data);
                code = mdb_dbi_open(txn, name, 0, &table);
                if (code == 0)
                        code = read_table(txn, table, until_ms);
        }
        if (txn != NULL)
                mdb_txn_abort(txn); /* its slot is the next one's */
        return code == MDB_NOTFOUND ? 0 : code;
}

static int read_in_child(const char *directory, int64_t until_ms)
{
        static const int deadly[] = {SIGBUS, SIGSEGV, SIGABRT, SIGFPE};
        MDB_env *env;
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* it shares the parent's lock: it must not hold it any longer */
        for (size_t i = 0; i < ARRAY_SIZE(deadly); i++)
                (void)signal(deadly[i], SIG_DFL);
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (null >= 0)
                (void)dup2(null, STDERR_FILENO); /* LMDB's assertions; the parent says it better */
        int code = mdb_env_create(&env);
        if (code == 0)
                code = mdb_env_set_maxdbs(env, TABLES_MAX);
        if (code == 0)
                code = mdb_env_open(env, directory, MDB_RDONLY | MDB_NORDAHEAD, 0600);
        int dead;
        if (code == 0)
                (void)mdb_reader_check(env, &dead);
        if (code == 0)
                code = read_tables(env, until_ms);
        mdb_env_close(env); /* readers that only die keep their slots, and there are few */
        return code;
}

/* What LMDB does with a damaged page, it does to the child. */
static int look_inside(const char *directory, bool whole, struct err_info *info)
{
        char how[128];
        int status = 0;
        pid_t child = fork();
        if (child == 0)
                _exit(read_in_child(directory, whole ? INT64_MAX : now_ms() + LOOK_MS) == 0 ? 0 : 1);
        if (child < 0)
                return err_set(info, ERR_NO_MEMORY, "store %s: no process to look into it: %s", directory,
                               strerror(errno));
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
                ;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
                return 0;
        if (WIFSIGNALED(status))
                (void)snprintf(how, sizeof(how), "reading its tables ends in signal %d (%s)", WTERMSIG(status),
                               strsignal(WTERMSIG(status)));
        else
                (void)snprintf(how, sizeof(how), "its tables cannot be read to their end");
        return damaged(info, directory, how);
}

int file_check(const char *directory, bool *ret_exists, struct err_info *info)
{
        char path[4096];
        struct meta_page meta;
        struct stat facts;
        (void)snprintf(path, sizeof(path), "%s/data.mdb", directory);
        scoped(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC);
        *ret_exists = false;
        if (fd < 0 && errno == ENOENT)
                return 0;
        if (fd < 0 || fstat(fd, &facts) != 0)
                return err_set(info, -errno, "store %s: cannot be read: %s", directory, strerror(errno));
        if (facts.st_size == 0)
                return 0;
        *ret_exists = true;
        if (!newest_meta(fd, &meta))
                return damaged(info, directory, "its first pages are not those of a store");
        uint64_t bytes = (meta.last_page + 1) * meta.trees[0].page_bytes;
        return look_inside(directory, (uint64_t)facts.st_size < bytes, info);
}
