import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import Admin from "./Admin.svelte";

mount(Admin, { target: document.getElementById("app")! });
