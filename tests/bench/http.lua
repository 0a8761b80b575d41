-- What wrk asks in scripts/bench http. MODE=post: an organisation that is new each time; MODE=get: one of those in IDS,
-- a file with an id a line, in turn. TARGET=guichet or peer says how each is written. Whatever is not 200 is counted.
local mode, target, token = os.getenv("MODE"), os.getenv("TARGET"), os.getenv("TOKEN")
local run = os.getenv("RUN")
local ids, number, prefix = {}, 0, ""
local threads = 0

function setup(thread)
   thread:set("id", threads)
   threads = threads + 1
end

local post_head = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. token }
local get_head = { ["Authorization"] = "Bearer " .. token }
local requests, at = {}, 0

function init(args)
   prefix = run .. "-" .. id .. "-"
   if mode == "get" then
      for line in io.lines(os.getenv("IDS")) do
         local path = target == "guichet" and "/v1/directory/OrganisationById?organisationId=" .. line
            or "/organisations/" .. line
         requests[#requests + 1] = wrk.format("GET", path, get_head)
      end
   end
end

function request()
   number = number + 1
   if mode == "get" then
      at = at % #requests + 1
      return requests[at]
   end
   local organisation = '{"kind":"ACI","name":"Chantier d’insertion ' .. number .. '","source":"essai","sourceId":"'
      .. prefix .. number .. '","territory":"31","city":"Toulouse","postcode":"31000","commune":"31555"}'
   if target == "guichet" then
      return wrk.format("POST", "/v1/directory/PutOrganisation", post_head, '{"organisation":' .. organisation .. "}")
   end
   return wrk.format("POST", "/organisations", post_head, organisation)
end

function done(summary, latency, _)
   io.write(string.format('RESULT {"requests":%d,"seconds":%.6f,"p99_ms":%.3f,"not_ok":%d,"lost":%d}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(99) / 1000, summary.errors.status,
      summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
