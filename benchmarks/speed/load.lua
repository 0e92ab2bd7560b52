-- Send prepared requests in turn, and count what comes back: an error, an empty body
-- or a cached page must not pass for speed. Arguments: the file of requests, the
-- number of the first one. Writes one line "RESULT {json}" at the end.

local SAMPLE_EVERY = 97
local SAMPLE_SIZE = 400

local requests, at = {}, 0
local threads = {}

sent, ok, said_true, said_false, said_ham, said_spam = 0, 0, 0, 0, 0, 0
no_symbol, other, guids = 0, 0, ""
local answered, sampled = 0, 0

function setup(thread)
  threads[#threads + 1] = thread
end

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  while true do
    local length = file:read("*n")
    if not length then break end
    file:read(1)
    requests[#requests + 1] = file:read(length)
  end
  file:close()
  at = tonumber(arguments[2]) % #requests
end

function request()
  at = at % #requests + 1
  sent = sent + 1
  return requests[at]
end

local function sample(headers)
  for name, value in pairs(headers) do
    if name:lower() == "x-akismet-guid" then
      sampled = sampled + 1
      guids = guids .. value .. " "
    end
  end
end

function response(status, headers, body)
  answered = answered + 1
  if status == 200 then ok = ok + 1 end
  if body == "true" then said_true = said_true + 1
  elseif body == "false" then said_false = said_false + 1
  elseif body:find('"BAYES_SPAM"', 1, true) then said_spam = said_spam + 1
  elseif body:find('"BAYES_HAM"', 1, true) then said_ham = said_ham + 1
  elseif body:find('"symbols"', 1, true) then no_symbol = no_symbol + 1
  else other = other + 1 end
  if answered % SAMPLE_EVERY == 0 and sampled < SAMPLE_SIZE then sample(headers) end
end

function done(summary, latency)
  local counts, all_guids = {}, ""
  for _, name in ipairs({"sent", "ok", "said_true", "said_false", "said_ham",
                         "said_spam", "no_symbol", "other"}) do
    local sum = 0
    for _, thread in ipairs(threads) do sum = sum + thread:get(name) end
    counts[#counts + 1] = string.format('"%s":%d', name, sum)
  end
  for _, thread in ipairs(threads) do all_guids = all_guids .. thread:get("guids") end
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"answered":%d,"micros":%d,"failed":%d,"timeouts":%d,"p50_us":%d,' ..
    '"p99_us":%d,%s,"guids":"%s"}\n',
    summary.requests, summary.duration, errors.connect + errors.read + errors.write,
    errors.timeout, latency:percentile(50), latency:percentile(99),
    table.concat(counts, ","), all_guids))
end
