#include "services/gateway/passwords/hasher.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/require.h"

enum { MEMORY_KIB_MAX = 1024 * 1024, PASSES_MAX = 64 };

struct job {
        uv_work_t work; /* first: it is taken for the job */
        struct job *next;
        struct hasher *hasher; /* NULL: nobody waits for it any more */
        char *password;
        struct id network;
        uint8_t salt[PROOF_SALT_SIZE];
        uint32_t passes, memory_kib;
        uint8_t proof[PROOF_SIZE];
        bool failed;
        hash_done_f done;
        void *argument;
};

struct hasher {
        uv_loop_t *loop;
        struct job *running, *first, **last; /* the line: first comes first */
        size_t running_count, waiting_count;
};

struct hasher *hasher_new(uv_loop_t *loop)
{
        struct hasher *hasher = calloc(1, sizeof(*hasher));
        require(hasher != NULL);
        hasher->loop = loop;
        hasher->last = &hasher->first;
        return hasher;
}

static void free_job(struct job *job)
{
        sodium_memzero(job->password, strlen(job->password));
        free(job->password);
        sodium_memzero(job->proof, sizeof(job->proof));
        free(job);
}

void hasher_free(struct hasher *hasher)
{
        if (hasher == NULL)
                return;
        for (struct job *job = hasher->running; job != NULL; job = job->next)
                job->hasher = NULL;
        for (struct job *job = hasher->first, *next; job != NULL; job = next) {
                next = job->next;
                free_job(job);
        }
        free(hasher);
}

/* ---- on a worker thread: the job's own members, and nothing else */

static void work_out(uv_work_t *work)
{
        struct job *job = (struct job *)(void *)work;
        job->failed = crypto_pwhash(job->proof, sizeof(job->proof), job->password, strlen(job->password), job->salt,
                                    job->passes, (size_t)job->memory_kib * 1024, crypto_pwhash_ALG_ARGON2ID13) != 0;
}

/* ---- on the loop */

static void start_jobs(struct hasher *hasher);

static void leave_running(struct hasher *hasher, const struct job *job)
{
        struct job **link = &hasher->running;
        while (*link != job)
                link = &(*link)->next;
        *link = job->next;
        hasher->running_count--;
}

static void on_worked_out(uv_work_t *work, int status)
{
        struct job *job = (struct job *)(void *)work;
        struct hasher *hasher = job->hasher;
        if (hasher != NULL) {
                leave_running(hasher, job);
                start_jobs(hasher);
                job->done(job->argument, job->failed || status != 0 ? NULL : job->proof);
        }
        free_job(job);
}

static void start_jobs(struct hasher *hasher)
{
        while (hasher->first != NULL && hasher->running_count < HASHES_AT_ONCE) {
                struct job *job = hasher->first;
                hasher->first = job->next;
                if (hasher->first == NULL)
                        hasher->last = &hasher->first;
                hasher->waiting_count--;
                job->next = hasher->running;
                hasher->running = job;
                hasher->running_count++;
                require(uv_queue_work(hasher->loop, &job->work, work_out, on_worked_out) == 0);
        }
}

/* Security: who asks without end keeps others waiting for his own part only. */
static bool has_part(const struct hasher *hasher, struct id network)
{
        const struct job *const lists[] = {hasher->running, hasher->first};
        size_t count = 0;
        for (size_t i = 0; i < ARRAY_SIZE(lists); i++)
                for (const struct job *job = lists[i]; job != NULL; job = job->next)
                        count += id_equal(job->network, network);
        return id_is_zero(network) || count < HASHES_OF_ONE;
}

bool hasher_ask(struct hasher *hasher, const struct hash_wish *wish, hash_done_f done, void *argument)
{
        if (hasher->waiting_count == HASHES_WAITING || !has_part(hasher, wish->network) ||
            wish->salt.size != PROOF_SALT_SIZE || wish->passes == 0 || wish->passes > PASSES_MAX ||
            wish->memory_kib < 8 || wish->memory_kib > MEMORY_KIB_MAX)
                return false;
        struct job *job = calloc(1, sizeof(*job));
        require(job != NULL);
        job->hasher = hasher;
        job->password = strdup(wish->password);
        require(job->password != NULL);
        job->network = wish->network;
        memcpy(job->salt, wish->salt.data, PROOF_SALT_SIZE);
        job->passes = wish->passes;
        job->memory_kib = wish->memory_kib;
        job->done = done;
        job->argument = argument;
        *hasher->last = job;
        hasher->last = &job->next;
        hasher->waiting_count++;
        start_jobs(hasher);
        return true;
}
