// A teacher without a screen: fixes something for the class over the protocol of the page.
import { borrow } from "./places.mjs";
import { demo } from "./pupil_desk.mjs";

const { WebSocket } = borrow("ws");
const FREE = { topics: [], must_do: [], until: "", blocked_items: [], level: "", paused: false };

// What is not named is free.
export async function steer(school, fixed) {
  const body = JSON.stringify({ role: "teacher", class_code: "", name: demo.teacher, secret: demo.password });
  const headers = { "X-Trede": "1", "Content-Type": "application/json" };
  const reply = await fetch(`${school.url}/teacher/api/sign-in`, { method: "POST", headers, body });
  if (!reply.ok) throw new Error(`the teacher is not let in: ${reply.status} ${await reply.text()}`);
  const cookie = reply.headers.get("set-cookie").split(";")[0];
  const address = `${school.url.replace("http", "ws")}/teacher/ws`;
  const socket = new WebSocket(address, { headers: { cookie }, origin: school.url });
  await new Promise((opened, failed) => socket.once("open", opened).once("error", failed));
  const { shown } = await answer(socket, { type: "watch-class", request: "class", language: "nl", class_id: 0 });
  const steering = { ...FREE, ...fixed };
  await answer(socket, { type: "set-steering", request: "steer", class_id: shown.id, pupil: 0, steering });
  socket.close();
}

function answer(socket, message) {
  return new Promise((settle, fail) => {
    const hear = (raw) => {
      const reply = JSON.parse(String(raw));
      if (reply.request !== message.request) return;
      socket.off("message", hear);
      if (reply.type === "refused") fail(new Error(`refused ${message.type}: ${reply.code} ${reply.detail}`));
      else settle(reply);
    };
    socket.on("message", hear);
    socket.send(JSON.stringify(message));
  });
}
