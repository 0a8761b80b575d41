#include "load.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/bus/client.h"
#include "common/codec/pb.h"

enum { TIMEOUT_MS = 10000, PACE_MS = 1 };

struct run;

struct slot { /* one request in flight */
        struct run *run;
        struct client *client;
        uint64_t sent_us;
        bool idle;
};

struct run {
        struct load *load;
        uv_loop_t loop;
        struct bus *bus;
        struct client **clients;
        struct slot *slots;
        size_t slot_count;
        struct client_target target;
        struct world world;
        uv_timer_t pace;
        uint64_t start_us, end_us;
        uint64_t asked;
        size_t under_way;
        bool over;
};

static void ask(struct slot *slot);

static void on_answer(void *argument, int err, const Wire__Reply *reply, struct arena *arena)
{
        struct slot *slot = argument;
        struct run *run = slot->run;
        uint64_t now_us = harness_now_us();
        (void)arena;
        if (err != 0)
                harness_fail("%s: %s", run->load->method, err_name(err));
        if (reply->outcome_case != WIRE__REPLY__OUTCOME_BODY)
                harness_fail("%s is refused: %s: %s", run->load->method, reply->refusal->field, reply->refusal->text);
        run->under_way--;
        slot->idle = true;
        if (now_us < run->end_us) {
                run->load->done++;
                samples_add(&run->load->latencies, (double)(now_us - slot->sent_us));
                if (run->load->per_s_max == 0)
                        ask(slot);
        } else if (run->under_way == 0) {
                run->over = true;
                uv_stop(&run->loop);
        }
}

static void ask(struct slot *slot)
{
        struct run *run = slot->run;
        struct arena arena scoped(arena_fini) = {0};
        struct id id = id_new(&run->world, run->world.now_ms(&run->world), 0);
        Wire__Envelope envelope = WIRE__ENVELOPE__INIT;
        envelope.version = 1;
        envelope.method = (char *)(uintptr_t)run->load->method;
        envelope.id = pb_bytes(id_slice(&id));
        envelope.passport = pb_bytes(run->load->passport);
        envelope.body = pb_bytes(pb_encode(run->load->make(run->load->argument, run->asked++, &arena), &arena));
        slot->sent_us = harness_now_us();
        slot->idle = false;
        run->under_way++;
        client_ask(slot->client, &run->target, &envelope, TIMEOUT_MS, on_answer, slot);
}

/* Paced: as many as are due by now, on idle slots. */
static void on_pace(uv_timer_t *timer)
{
        struct run *run = timer->data;
        uint64_t now_us = harness_now_us();
        if (now_us >= run->end_us && run->under_way == 0) {
                run->over = true;
                uv_stop(&run->loop);
        }
        if (run->load->per_s_max == 0 || now_us >= run->end_us)
                return;
        uint64_t due = (now_us - run->start_us) * run->load->per_s_max / 1000000;
        for (size_t i = 0; i < run->slot_count && run->asked < due; i++)
                if (run->slots[i].idle)
                        ask(&run->slots[i]);
}

static void open_clients(struct run *run)
{
        struct err_info info = {0};
        struct bus_keys keys = {run->load->net->secrets.curve_public, run->load->net->secrets.curve_secret};
        const struct instance *instance = net_instance(run->load->net, run->load->instance);
        run->target = (struct client_target){instance->name, instance->endpoint, instance->public_key};
        run->bus = bus_new(&run->loop, &keys, NULL, 0, &info);
        run->clients = calloc(run->load->clients, sizeof(*run->clients));
        run->slot_count = run->load->clients * run->load->window;
        run->slots = calloc(run->slot_count, sizeof(*run->slots));
        if (run->bus == NULL || run->clients == NULL || run->slots == NULL)
                harness_fail("%s", info.text);
        for (size_t c = 0; c < run->load->clients; c++)
                run->clients[c] = client_new(run->bus);
        for (size_t i = 0; i < run->slot_count; i++)
                run->slots[i] = (struct slot){.run = run, .client = run->clients[i / run->load->window], .idle = true};
}

void load_run(struct load *load)
{
        struct run run = {.load = load, .world = world_real()};
        if (uv_loop_init(&run.loop) != 0)
                harness_fail("loop");
        open_clients(&run);
        run.start_us = harness_now_us();
        run.end_us = run.start_us + (uint64_t)load->seconds * 1000000;
        (void)uv_timer_init(&run.loop, &run.pace);
        run.pace.data = &run;
        (void)uv_timer_start(&run.pace, on_pace, PACE_MS, PACE_MS);
        for (size_t i = 0; load->per_s_max == 0 && i < run.slot_count; i++)
                ask(&run.slots[i]);
        while (!run.over)
                (void)uv_run(&run.loop, UV_RUN_DEFAULT);
        load->per_s = (double)load->done / (double)load->seconds;

        for (size_t c = 0; c < load->clients; c++)
                client_free(run.clients[c]);
        bus_free(run.bus);
        uv_close((uv_handle_t *)&run.pace, NULL);
        (void)uv_run(&run.loop, UV_RUN_DEFAULT);
        (void)uv_loop_close(&run.loop);
        free(run.clients);
        free(run.slots);
}

pid_t load_in_background(const struct load *load)
{
        pid_t process = fork();
        if (process < 0)
                harness_fail("cannot start a process");
        if (process > 0)
                return process;
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
        struct load own = *load;
        load_run(&own);
        harness_note("in the background: %.0f/s of %s", own.per_s, own.method);
        _exit(0);
}

void load_background_done(pid_t process)
{
        int status;
        if (waitpid(process, &status, 0) < 0 || status != 0)
                harness_fail("the load in the background failed");
}
