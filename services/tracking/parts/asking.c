#include "services/tracking/parts/asking.h"

#include <stdio.h>

#include "common/base/log.h"
#include "common/service/engine.h"

static void on_answer(void *argument, const struct speak_answer *told)
{
        const struct part_asked *asked = argument;
        const struct part_answer answer = {told->body, told->refusal};
        if (answer.refusal != NULL)
                log_line(LOG_WARN, "part.refused", "%s: %s", asked->question.method, answer.refusal->text);
        struct part_question question = asked->question;
        question.answer(question.argument, &answer);
}

bool part_ask(struct service *service, uint32_t partition, const struct part_question *question,
              struct part_asked *asked)
{
        const struct instance *to = topology_of_partition(service_topology(service), "tracking", partition);
        if (to == NULL)
                return false;
        struct world *world = engine_world(service_engine(service));
        *asked = (struct part_asked){.question = *question};
        (void)snprintf(asked->method, sizeof(asked->method), "tracking.%s", question->method);
        asked->speak = (struct speak){.to = to,
                                      .method = asked->method,
                                      .request = question->request,
                                      .key = id_new(world, world->now_ms(world), 0),
                                      .answer = on_answer,
                                      .argument = asked};
        speak_ask(service, &asked->speak);
        return true;
}
