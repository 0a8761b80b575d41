strcmp(envelope->method, "runtime.Health") == 0
