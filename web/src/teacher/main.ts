import { mount } from "svelte";
import "../language.svelte";
import "../ui/base.css";
import Teacher from "./Teacher.svelte";

mount(Teacher, { target: document.getElementById("app")! });
