Console.WriteLine("dreamer");
