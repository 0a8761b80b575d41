/* run_directory.h: a directory with keys and a topology of the two toys (toy.h), notifications-1 and reporting-1, and
 * the peer "ctl". Endpoints are files in it. For the tests of whole processes. */
#ifndef TESTS_UNIT_COMMON_SERVICE_RUN_DIRECTORY_H
#define TESTS_UNIT_COMMON_SERVICE_RUN_DIRECTORY_H

#include "tests/unit/common/service/toy.h"

#include "common/service/topology.h"

struct run_directory {
        char path[64];
        char topology[96];
};

/* The members that come from a fresh key pair. */
static inline void run_directory_keys(struct run_directory *run, FILE *file, const char *name)
{
        struct secrets secrets;
        struct err_info info = {0};
        char hex[2 * SIGNING_PUBLIC_SIZE + 1];
        if (secrets_create(run->path, name, &secrets, &info) != 0)
                fail_msg("%s", info.text);
        (void)sodium_bin2hex(hex, sizeof(hex), secrets.signing_secret + SIGNING_SECRET_SIZE - SIGNING_PUBLIC_SIZE,
                             SIGNING_PUBLIC_SIZE);
        assert_true(fprintf(file, "{\"name\":\"%s\",\"public_key\":\"%s\",\"signing_key\":\"%s\"", name,
                            secrets.curve_public, hex) > 0);
}

static inline void run_directory_instance(struct run_directory *run, FILE *file, const char *service,
                                          const char *settings)
{
        char name[32];
        (void)snprintf(name, sizeof(name), "%s-1", service);
        run_directory_keys(run, file, name);
        assert_true(fprintf(file,
                            ",\"service\":\"%s\",\"endpoint\":\"ipc://%s/%s\",\"events\":\"ipc://%s/%s.events\","
                            "\"store\":\"stores/%s\",\"settings\":%s}",
                            service, run->path, name, run->path, name, name, settings) > 0);
}

/* `settings`: those of notifications-1, a JSON object. */
static inline void run_directory_make(struct run_directory *run, const char *settings)
{
        (void)snprintf(run->path, sizeof(run->path), "/tmp/guichet-test-run-XXXXXX");
        assert_non_null(mkdtemp(run->path));
        (void)snprintf(run->topology, sizeof(run->topology), "%s/topology.json", run->path);
        FILE *file = fopen(run->topology, "we");
        assert_non_null(file);
        assert_true(fputs("{\"network\":\"test\",\"instances\":[", file) >= 0);
        run_directory_instance(run, file, "notifications", settings);
        assert_true(fputc(',', file) >= 0);
        run_directory_instance(run, file, "reporting", "{}");
        assert_true(fputs("],\"peers\":[", file) >= 0);
        run_directory_keys(run, file, "ctl");
        assert_true(fputs("}]}", file) >= 0);
        assert_int_equal(fclose(file), 0);
}

static inline char *run_directory_path(struct run_directory *run, const char *below, char *ret, size_t size)
{
        (void)snprintf(ret, size, "%s/%s", run->path, below);
        return ret;
}

#endif
