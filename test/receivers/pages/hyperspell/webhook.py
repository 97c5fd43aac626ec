from fastapi import FastAPI, Request
import hashlib
import hmac
def verify_webhook(payload, secret):
hash = hmac.new(secret.encode(), payload.encode(), hashlib.sha256).hexdigest()
return hmac.compare_digest(signagture, hash)
class WebhookPayload(pydantic.BaseModel):
event: str
app: str
user_id: str | None
source: str
resource_id: str | None
timestamp: int
app = FastAPI()
@router.post("/webhooks/hyperspell")
async def hyperspell_webhook(query: WebhookPayload, request: Request):
# Verify that the request is from Hyperspell
signature = request.headers.get("X-Hyperspell-Signature")
if not verify_webhook(query, HYPERSPELL_JWT_SECRET):
raise HTTPException(status_code=401, detail="Invalid signature")
# Protect against replay attacks
if query.timestamp < time.time() - 300:
raise HTTPException(status_code=401, detail="Timestamp is too old")
# Handle the webhook
if query.event == "index-started":
# Handle the index started event
...
elif query.event == "index-completed":
# Handle the index completed event
...
return {"message": "Webhook received"}
