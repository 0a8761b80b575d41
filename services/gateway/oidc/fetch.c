#include "services/gateway/oidc/fetch.h"

#include <curl/curl.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/require.h"

struct fetch_job {
        uv_work_t work; /* first: libuv gives it back */
        struct fetches *fetches;
        struct fetch_job *next; /* of those that wait */
        char *address, *form, *user, *password, *bearer;
        fetch_done_f done;
        void *argument;
        /* the worker's while it is there */
        size_t head_size;
        bool too_large;
        struct fetch_answer answer;
        uint8_t body[FETCH_BODY_MAX];
};

struct fetches {
        uv_loop_t *loop;
        struct fetch_job *first, *last;
        unsigned waiting, running;
        atomic_bool quit;
};

struct fetches *fetches_new(uv_loop_t *loop)
{
        struct fetches *fetches = calloc(1, sizeof(*fetches));
        require(fetches != NULL && curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK);
        fetches->loop = loop;
        return fetches;
}

/* ---- on the worker */

static size_t on_body(char *bytes, size_t size, size_t count, void *argument)
{
        struct fetch_job *job = argument;
        size_t length = size * count, there = job->answer.body.size;
        job->too_large = job->too_large || length > FETCH_BODY_MAX - there;
        if (job->too_large)
                return 0; /* which breaks it off */
        memcpy(job->body + there, bytes, length);
        job->answer.body.size = there + length;
        return length;
}

static size_t on_head(char *bytes, size_t size, size_t count, void *argument)
{
        struct fetch_job *job = argument;
        (void)bytes;
        job->head_size += size * count;
        job->too_large = job->too_large || job->head_size > FETCH_HEAD_MAX;
        return job->too_large ? 0 : size * count;
}

static int on_progress(void *argument, curl_off_t to_load, curl_off_t loaded, curl_off_t to_send, curl_off_t sent)
{
        const struct fetch_job *job = argument;
        (void)to_load, (void)loaded, (void)to_send, (void)sent;
        return atomic_load(&job->fetches->quit) ? 1 : 0; /* not 0: break off */
}

static void set_up(CURL *curl, struct fetch_job *job)
{
        bool encrypted = strncmp(job->address, "https://", 8) == 0;
        (void)curl_easy_setopt(curl, CURLOPT_URL, job->address);
        (void)curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, encrypted ? "https" : "http");
        (void)curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
        (void)curl_easy_setopt(curl, CURLOPT_PROXY, "");
        (void)curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
        (void)curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
        (void)curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L); /* other threads live here */
        (void)curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)FETCH_CONNECT_MS);
        (void)curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)FETCH_TIMEOUT_MS);
        (void)curl_easy_setopt(curl, CURLOPT_HTTP09_ALLOWED, 0L);
        (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_body);
        (void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, job);
        (void)curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_head);
        (void)curl_easy_setopt(curl, CURLOPT_HEADERDATA, job);
        (void)curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
        (void)curl_easy_setopt(curl, CURLOPT_XFERINFODATA, job);
        (void)curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
        if (job->form != NULL)
                (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, job->form);
        if (job->user != NULL) {
                (void)curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
                (void)curl_easy_setopt(curl, CURLOPT_USERNAME, job->user);
                (void)curl_easy_setopt(curl, CURLOPT_PASSWORD, job->password);
        }
        if (job->bearer != NULL) {
                (void)curl_easy_setopt(curl, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
                (void)curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, job->bearer);
        }
}

static void note_type(const char *type, struct fetch_answer *answer)
{
        size_t size = type == NULL ? 0 : strcspn(type, "; ");
        if (size >= sizeof(answer->type))
                size = 0;
        for (size_t i = 0; i < size; i++)
                answer->type[i] = (char)(type[i] >= 'A' && type[i] <= 'Z' ? type[i] - 'A' + 'a' : type[i]);
        answer->type[size] = '\0';
}

static void ask(uv_work_t *work)
{
        struct fetch_job *job = (struct fetch_job *)(void *)work;
        struct fetch_answer *answer = &job->answer;
        struct curl_slist *headers = curl_slist_append(NULL, "Accept: application/json, application/jwt");
        CURL *curl = curl_easy_init();
        const char *type = NULL;
        require(curl != NULL && headers != NULL);
        set_up(curl, job);
        (void)curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
        CURLcode code = curl_easy_perform(curl);
        (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer->status);
        (void)curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
        note_type(type, answer);
        answer->outcome = job->too_large ? FETCH_TOO_LARGE : code == CURLE_OK ? FETCH_ANSWERED : FETCH_SILENT;
        answer->body.data = job->body;
        curl_slist_free_all(headers);
        curl_easy_cleanup(curl);
}

/* ---- on the loop */

static void forget(char *secret)
{
        if (secret != NULL)
                sodium_memzero(secret, strlen(secret));
        free(secret);
}

static void job_free(struct fetch_job *job)
{
        free(job->address);
        free(job->user);
        forget(job->form);
        forget(job->password);
        forget(job->bearer);
        sodium_memzero(job->body, job->answer.body.size); /* tokens */
        free(job);
}

static void next(struct fetches *fetches);

static void on_asked(uv_work_t *work, int status)
{
        struct fetch_job *job = (struct fetch_job *)(void *)work;
        struct fetches *fetches = job->fetches;
        (void)status; /* nobody cancels */
        fetches->running--;
        if (!atomic_load(&fetches->quit)) {
                job->done(job->argument, &job->answer);
                next(fetches);
        } else if (fetches->running == 0) {
                free(fetches);
        }
        job_free(job);
}

static void next(struct fetches *fetches)
{
        while (fetches->first != NULL && fetches->running < FETCH_AT_ONCE) {
                struct fetch_job *job = fetches->first;
                fetches->first = job->next;
                fetches->waiting--;
                fetches->running++;
                require(uv_queue_work(fetches->loop, &job->work, ask, on_asked) == 0);
        }
}

static char *copy(const char *text)
{
        char *copied = text == NULL ? NULL : strdup(text);
        require((copied == NULL) == (text == NULL));
        return copied;
}

bool fetch(struct fetches *fetches, const struct fetch_request *request, fetch_done_f done, void *argument)
{
        if (fetches->waiting == FETCH_WAITING_MAX)
                return false;
        struct fetch_job *job = calloc(1, sizeof(*job));
        require(job != NULL);
        job->fetches = fetches;
        job->address = copy(request->address);
        job->form = copy(request->form);
        job->user = copy(request->user);
        job->password = copy(request->password);
        job->bearer = copy(request->bearer);
        job->done = done;
        job->argument = argument;
        *(fetches->first == NULL ? &fetches->first : &fetches->last->next) = job;
        fetches->last = job;
        fetches->waiting++;
        next(fetches);
        return true;
}

void fetches_free(struct fetches *fetches)
{
        if (fetches == NULL)
                return;
        atomic_store(&fetches->quit, true);
        while (fetches->first != NULL) {
                struct fetch_job *job = fetches->first;
                fetches->first = job->next;
                job_free(job);
        }
        if (fetches->running == 0)
                free(fetches);
}
