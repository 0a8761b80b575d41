#include "tests/lib/operator.h"

#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/clients/link.h"
#include "runtime/queries.pb-c.h"
#include "tests/lib/ports.h"
#include "tests/lib/run_ctl.h"
#include "tests/lib/send_signal.h"

enum { PATH_SIZE = 256, LINE_SIZE = 4096 };

struct operator
{
        char directory[64];
        pid_t supervisor; /* 0: not running */
};

int operator_run(struct operator* operator, const char * const * words)
{
        return operator_run_in(operator, operator->directory, words);
}

int operator_run_in(struct operator* operator, const char * directory, const char *const *words)
{
        (void)operator;
        return ctl_run(directory, words);
}

pid_t operator_spawn_in(struct operator* operator, const char * directory, const char *const *words)
{
        (void)operator;
        int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
        require(fd >= 0);
        pid_t pid = ctl_start(directory, words, fd);
        (void)close(fd);
        return pid;
}

static void must_run(struct operator* operator, const char * const * words)
{
        ctl_done(operator_run(operator, words));
}

const char *operator_output(const struct operator* operator)
{
        (void)operator;
        return ctl_output();
}

const char *operator_directory(const struct operator* operator)
{
        return operator->directory;
}

struct operator* operator_new(const char *smtp_url)
{
        struct operator* operator= calloc(1, sizeof(*operator));
        require(operator!= NULL);
        (void)snprintf(operator->directory, sizeof(operator->directory), "/tmp/guichet-operator-XXXXXX");
        require(mkdtemp(operator->directory) != NULL);
        char port[16];
        (void)snprintf(port, sizeof(port), "%u", ports_take());
        const char *const words[] = {"init",        "--topology", "deploy/topology.json",
                                     "--base-port", port,         smtp_url != NULL ? "--smtp" : NULL,
                                     smtp_url,      NULL};
        must_run(operator, words);
        return operator;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
        (void)status;
        (void)type;
        (void)place;
        return remove(path);
}

void operator_free(struct operator* operator)
{
        if (operator->supervisor != 0)
                operator_down(operator);
        require(nftw(operator->directory, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
        free(operator);
}

void operator_up(struct operator* operator)
{
        static const char *const up[] = {"up", NULL};
        static const char *const wait[] = {"wait", "--seconds", "120", NULL};
        char path[PATH_SIZE];
        require(operator->supervisor == 0);
        (void)snprintf(path, sizeof(path), "%s/up.log", operator->directory);
        int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        require(fd >= 0);
        operator->supervisor = ctl_start(operator->directory, up, fd);
        (void)close(fd);
        must_run(operator, wait);
}

void operator_kill(struct operator* operator, int number)
{
        int status;
        require(operator->supervisor != 0 && send_signal(operator->supervisor, number) == 0);
        require(waitpid(operator->supervisor, &status, 0) == operator->supervisor);
        operator->supervisor = 0;
        if (number == SIGTERM && (!WIFEXITED(status) || WEXITSTATUS(status) != 0))
                require_failed("the supervisor ends with status 0", __FILE__, __LINE__, __func__);
}

void operator_down(struct operator* operator)
{
        operator_kill(operator, SIGTERM);
}

pid_t operator_pid(const struct operator* operator, const char * instance)
{
        char path[PATH_SIZE];
        (void)snprintf(path, sizeof(path), "%s/pids.json", operator->directory);
        json_t *pids = json_load_file(path, 0, NULL);
        pid_t pid = (pid_t)json_integer_value(json_object_get(pids, instance));
        json_decref(pids);
        return pid;
}

static uint64_t position_of(struct link *link, const struct instance *instance)
{
        struct arena arena = {0};
        struct answer answer = {0};
        Runtime__HealthRequest request = RUNTIME__HEALTH_REQUEST__INIT;
        require(link_call_instance(link, instance, "runtime.Health", &request.base, NULL, &arena, &answer, NULL) == 0);
        uint64_t position = ((const Runtime__HealthReply *)answer.body)->position;
        arena_fini(&arena);
        return position;
}

size_t operator_positions(struct operator* operator, uint64_t * ret_positions, size_t size)
{
        char path[PATH_SIZE];
        struct topology *topology;
        struct link *link;
        struct link_options options = {.peer = "ctl"};
        (void)snprintf(path, sizeof(path), "%s/topology.json", operator->directory);
        require(topology_load(path, &topology, NULL) == 0 && topology->instance_count <= size);
        require(link_open(topology, &options, &link, NULL) == 0);
        size_t count = topology->instance_count;
        for (size_t i = 0; i < count; i++)
                ret_positions[i] = position_of(link, &topology->instances[i]);
        link_close(link);
        topology_free(topology);
        return count;
}

static int is_alarm(const char *line, const char *const *declared)
{
        bool plain = line[0] != '{'; /* a sanitizer's report is no JSON */
        if (!plain && strstr(line, "\"level\":\"info\"") != NULL)
                return 0;
        for (; *declared != NULL; declared++)
                if (strstr(line, *declared) != NULL)
                        return 0;
        (void)fprintf(stderr, "%s", line);
        return 1;
}

size_t operator_alarms(const struct operator* operator, const char * const * declared)
{
        char line[LINE_SIZE];
        glob_t found;
        size_t count = 0;
        (void)snprintf(line, sizeof(line), "%s/logs/*.log", operator->directory);
        require(glob(line, 0, NULL, &found) == 0);
        for (size_t i = 0; i < found.gl_pathc; i++) {
                FILE *file = fopen(found.gl_pathv[i], "re");
                require(file != NULL);
                while (fgets(line, sizeof(line), file) != NULL)
                        count += (size_t)is_alarm(line, declared);
                (void)fclose(file);
        }
        globfree(&found);
        return count;
}
